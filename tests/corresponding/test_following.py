"""What one follows is told to oneself alone; what one mutes is told no more, but what is about oneself."""

import pytest

from commonplace.communities.models import Person, RoleKind
from commonplace.corresponding.models import Following, FollowingQuerySet
from commonplace.externalizing import acts
from commonplace.externalizing.models import Exchange, ResponseKind, Topic
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
    assert "Another seal Exchange Ida began it you follow the topic “seals”" in words(story, zoe)
    assert noticed(zoe) == [("asked", "follows_topic")]


def test_who_follows_a_topic_that_is_merged_follows_the_one_that_is_kept(story: Story, zoe: Person) -> None:
    asked(story, topics=["seals", "gaskets"])
    seals, gaskets = (Topic.objects.everywhere("test").get(name=name) for name in ("seals", "gaskets"))
    max_ = story.member("Max")
    follow(story, zoe, "topic", gaskets.pk)
    follow(story, max_, "topic", gaskets.pk)
    follow(story, max_, "topic", seals.pk, "muted")
    acts.merge_topic(story.facilitator, gaskets, into=seals)
    story.ask(story.member("Ida"), title="Another seal", topics=["gaskets"])
    assert "Another seal Exchange Ida began it you follow the topic “seals”" in words(story, zoe)
    assert "seals followed" in words(story, zoe, HERE)
    assert noticed(max_) == []
    assert "seals muted" in words(story, max_, HERE)


def test_who_follows_a_person_is_told_of_what_they_begin_and_they_of_nothing(story: Story, zoe: Person) -> None:
    ida = story.member("Ida")
    follow(story, zoe, "person", ida.pk)
    story.ask(ida)
    assert (noticed(zoe), noticed(ida)) == ([("asked", "follows_person")], [])


def test_a_topic_or_a_member_is_muted_as_they_are_followed(story: Story, zoe: Person) -> None:
    ida, at = story.member("Ida"), f"{HERE}create"
    story.browser(zoe).post(at, {"person": ida.pk, "as": "muted"})
    assert "Ida muted" in words(story, zoe, HERE)
    assert "told nothing of what they do" in words(story, zoe, f"/c/pump-crews/people/{ida.pk}/")
    story.browser(zoe).post(at, {"person": ida.pk, "as": "followed"})
    assert "Ida followed" in words(story, zoe, HERE)


def test_where_nothing_can_be_chosen_nothing_is_asked(story: Story) -> None:
    story.found("alone", "Alone", by=story.facilitator)
    page = words(story, story.facilitator, "/c/alone/following/")
    assert "A topic" not in page
    assert "A member" not in page


def test_a_person_is_followed_in_one_community(story: Story, zoe: Person) -> None:
    ida, elsewhere = story.member("Ida"), story.found("valves", "Valves", by=story.facilitator)
    for one in (ida, zoe):
        story.invited(one, of=elsewhere)
    follow(story, zoe, "person", ida.pk)
    story.ask(ida, of=elsewhere)
    assert noticed(zoe) == []


def test_who_follows_an_exchange_and_its_topic_is_told_for_the_exchange(story: Story, zoe: Person) -> None:
    exchange = asked(story, topics=["seals"])
    follow(story, zoe, "topic", Topic.objects.everywhere("test").get(name="seals").pk)
    follow(story, zoe, "exchange", exchange.pk)
    story.respond(story.member("Omar"), exchange)
    assert noticed(zoe) == [("answered", "follows")]


def test_muted_is_all_of_it(story: Story) -> None:
    exchange = asked(story)
    lea = exchange.opener
    follow(story, lea, "exchange", exchange.pk, "muted")
    story.respond(story.member("Omar"), exchange)
    assert noticed(lea) == []
    follow(story, lea, "exchange", exchange.pk, "")
    story.respond(story.member("Ida"), exchange)
    assert noticed(lea) == [("answered", "asked")]


def test_muted_is_not_what_is_about_oneself(story: Story, zoe: Person) -> None:
    follow(story, zoe, "person", story.facilitator.pk, "muted")
    story.granted(zoe, RoleKind.FACILITATOR)
    assert noticed(zoe, "role_given") == [("role_given", "you")]


def test_what_one_may_not_read_cannot_be_followed(story: Story) -> None:
    exchange = asked(story)
    elsewhere = story.found("valves", "Valves", by=story.facilitator)
    ned = story.member("Ned", of=elsewhere)
    assert follow(story, ned, "exchange", exchange.pk) == 404
    assert not Following.objects.everywhere("test").exists()


def test_what_is_elsewhere_is_followed_there_and_not_here(story: Story, zoe: Person) -> None:
    elsewhere = story.found("valves", "Valves", by=story.facilitator)
    exchange = story.ask(story.facilitator, of=elsewhere, title="Which valve?")
    assert follow(story, zoe, "exchange", exchange.pk) == 404
    Following(person=zoe, community=story.community, kind="exchange", of=exchange.pk).save(force_insert=True)
    assert "Which valve?" not in words(story, zoe, HERE)


def test_pressed_twice_at_once_it_is_followed_once(story: Story, zoe: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second comes between what the first took away and what it wrote."""
    exchange = asked(story)
    follow(story, zoe, "exchange", exchange.pk, "muted")
    monkeypatch.setattr(FollowingQuerySet, "delete", lambda rows: (0, {}))
    assert follow(story, zoe, "exchange", exchange.pk) == 302
    assert [row.muted for row in Following.objects.visible_to(zoe)] == [False]


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


def test_one_s_own_data_does_not_say_who_follows_or_has_muted_one(story: Story, zoe: Person) -> None:
    """Nor, by numbers of rows among everybody's, how many others have marked something."""
    exchange = asked(story)
    follow(story, zoe, "person", exchange.opener.pk)
    story.respond(exchange.opener, exchange, kind=ResponseKind.COMMENT)
    assert noticed(zoe) == [("commented", "follows_person")]
    theirs = story.browser(exchange.opener).get("/me/data").json()
    assert [rows for label, rows in theirs.items() if label.startswith("corresponding.")] == []
    mine = story.browser(zoe).get("/me/data").json()
    assert [set(row) for row in mine["corresponding.Following"]] == [{"person", "kind", "of", "muted", "at"}]
    assert not [row for row in mine["corresponding.Notice"] if "id" in row]
