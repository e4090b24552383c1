"""What one follows is told to oneself alone; what one mutes is told no more, but what is about oneself."""

import pytest

from commonplace.communities.models import Person
from commonplace.corresponding.models import Following
from commonplace.externalizing.models import Exchange, Topic
from tests.corresponding.noticed import noticed, words
from tests.story import Story

HERE = "/c/pump-crews/following/"


@pytest.fixture
def zoe(story: Story) -> Person:
    return story.member("Zoe")


def follow(story: Story, person: Person, kind: str, of: str, how: str = "followed") -> int:
    sent = {"kind": kind, "of": of, "as": how}
    return int(story.browser(person).post(f"{HERE}update", sent).status_code)


def asked(story: Story, **more: object) -> Exchange:
    return story.ask(story.member("Lea"), title="Which seal?", **more)


def test_who_follows_an_exchange_is_told_of_what_is_said_there(story: Story, zoe: Person) -> None:
    exchange = asked(story)
    assert follow(story, zoe, "exchange", exchange.pk) == 302
    story.respond(story.member("Omar"), exchange)
    assert "Omar answered you follow it" in words(story, zoe)


def test_who_follows_a_topic_is_told_of_what_begins_under_it_by_its_name(story: Story, zoe: Person) -> None:
    asked(story, topics=["seals"])
    topic = Topic.objects.everywhere("test").get(name="seals")
    follow(story, zoe, "topic", topic.pk)
    story.ask(story.member("Ida"), title="Another seal", topics=["seals"])
    story.ask(story.member("Max"), title="No seal", topics=["valves"])
    assert "Another seal Ida began it you follow the topic “seals”" in words(story, zoe)
    assert noticed(zoe) == [("asked", "follows_topic")]


def test_who_follows_a_person_is_told_of_what_they_begin_and_they_of_nothing(story: Story, zoe: Person) -> None:
    ida = story.member("Ida")
    follow(story, zoe, "person", ida.pk)
    story.ask(ida)
    assert (noticed(zoe), noticed(ida)) == ([("asked", "follows_person")], [])


def test_muted_is_all_of_it(story: Story) -> None:
    exchange = asked(story)
    lea = exchange.opener
    follow(story, lea, "exchange", exchange.pk, "muted")
    story.respond(story.member("Omar"), exchange)
    assert noticed(lea) == []
    follow(story, lea, "exchange", exchange.pk, "")
    story.respond(story.member("Ida"), exchange)
    assert noticed(lea) == [("answered", "asked")]


def test_what_one_may_not_read_cannot_be_followed(story: Story) -> None:
    exchange = asked(story)
    elsewhere = story.found("valves", "Valves", by=story.facilitator)
    ned = story.member("Ned", of=elsewhere)
    assert follow(story, ned, "exchange", exchange.pk) == 404
    assert not Following.objects.everywhere("test").exists()


def test_the_page_says_what_is_followed_and_ends_it(story: Story, zoe: Person) -> None:
    exchange = asked(story, topics=["seals"])
    topic = Topic.objects.everywhere("test").get()
    browser = story.browser(zoe)
    assert browser.post(f"{HERE}create", {"topic": topic.pk, "person": exchange.opener_id}).status_code == 302
    assert "seals followed Stop following seals" in words(story, zoe, HERE)
    browser.post(f"{HERE}update", {"kind": "topic", "of": topic.pk, "as": "", "back": "1"})
    assert "seals followed" not in words(story, zoe, HERE)
    assert "Lea followed" in words(story, zoe, HERE)


def test_nothing_chosen_is_said_and_nothing_kept(story: Story, zoe: Person) -> None:
    answer = story.browser(zoe).post(f"{HERE}create", {})
    assert answer.status_code == 422
    assert "Choose a topic or a member." in answer.content.decode()


def test_the_page_of_an_exchange_says_whether_it_is_followed(story: Story, zoe: Person) -> None:
    exchange = asked(story)
    assert "Follow it to be told of the rest, too." in words(story, zoe, exchange.get_absolute_url())
    follow(story, zoe, "exchange", exchange.pk)
    assert "You are told of what is said here." in words(story, zoe, exchange.get_absolute_url())
