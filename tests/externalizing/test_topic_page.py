"""The page of a topic: what is agreed on it, what waits for an answer, what was answered; one of each name."""

from datetime import datetime
from typing import Any

import pytest

from commonplace.communities.models import KnownFor, Person, RoleKind, Visibility
from commonplace.corresponding.following import mark
from commonplace.externalizing import acts
from commonplace.externalizing.models import Topic
from commonplace.ledger.act import writing
from tests.story import Story


def topic(name: str) -> Topic:
    return Topic.objects.everywhere("test").get(name=name)


def page(story: Story, person: Person, name: str = "pumps") -> str:
    answer = story.browser(person).get(topic(name).get_absolute_url())
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split("<main")[1].split())


def test_it_shows_what_waits_before_what_was_answered(story: Story, lea: Person, omar: Person) -> None:
    story.respond(omar, story.ask(lea, title="Answered one"))
    story.ask(lea, title="Waiting one")
    shown = page(story, lea)
    assert shown.index(">Waiting for an answer<") < shown.index("Waiting one") < shown.index("Answered one")
    assert "Ask about it" in shown
    assert "Follow" in shown
    story.ask(lea, title="Of something else", topics=["valves"])
    assert "Of something else" not in page(story, lea)


def test_it_is_found_by_its_id_and_says_its_other_names(story: Story, lea: Person) -> None:
    story.ask(lea)
    acts.alias_topic(story.facilitator, topic("pumps"), name="Pompes")
    browser = story.browser(lea)
    at = f"/c/pump-crews/topics/{topic('pumps').pk}/"
    assert browser.get(at).status_code == 200
    assert browser.get(f"{at}another-name/")["Location"] == f"{at}pumps/"
    assert "also: Pompes" in page(story, lea)


def test_one_that_was_merged_leads_on(story: Story, lea: Person) -> None:
    story.ask(lea, topics=["pumps", "pompes"])
    pompes = topic("pompes")
    acts.merge_topic(story.facilitator, pompes, into=topic("pumps"))
    answer = story.browser(lea).get(pompes.get_absolute_url(), follow=True)
    assert answer.redirect_chain[-1][0] == topic("pumps").get_absolute_url()
    assert "pompes was merged into pumps." in answer.content.decode()


@pytest.mark.parametrize("visibility", [Visibility.CLOSED, Visibility.PRIVATE])
def test_who_may_not_read_there_finds_nothing(story: Story, lea: Person, omar: Person, visibility: str) -> None:
    here = story.found("quiet", "Quiet", by=omar, visibility=visibility)
    story.ask(omar, of=here, topics=["Hidden valves"])
    sponsor = story.serving("Sam", RoleKind.SPONSOR, of=here)
    for person in (lea, sponsor):
        answer = story.browser(person).get(topic("Hidden valves").get_absolute_url())
        assert answer.status_code == 404
        assert "Hidden valves" not in answer.content.decode()
    crossed = f"/c/pump-crews/topics/{topic('Hidden valves').pk}/"
    assert story.browser(omar).get(crossed).status_code == 404


def test_a_reader_who_is_no_member_is_offered_nothing(story: Story, lea: Person) -> None:
    story.ask(lea)
    shown = page(story, story.person("Out"))
    assert "Ask about it" not in shown
    assert "Follow" not in shown
    assert "Edit" not in shown
    assert "/edit" in page(story, story.facilitator)


@pytest.mark.breaks_ledger
def test_members_read_who_may_be_asked(story: Story, lea: Person, omar: Person) -> None:
    story.ask(lea, topics=["pumps", "pompes"])
    pompes = topic("pompes")
    with writing():
        row = KnownFor.objects.create(community=story.community, person=omar, words="Seals of all kinds")
        row.topics.create(topic=pompes.pk)
    acts.merge_topic(story.facilitator, pompes, into=topic("pumps"))
    shown = page(story, lea)
    assert shown.index("Who may be asked") < shown.index("Omar") < shown.index("Seals of all kinds")
    out = page(story, story.person("Out"))
    assert "Who may be asked" not in out
    assert "Seals of all kinds" not in out


def test_asking_about_it_begins_with_it(story: Story, lea: Person) -> None:
    story.ask(lea, topics=["Check valves"])
    form = story.browser(lea).get("/c/pump-crews/exchanges/new?topic=Check+valves").content.decode()
    assert 'value="Check valves"' in form


def test_topics_lead_to_it(story: Story, lea: Person) -> None:
    exchange = story.ask(lea)
    browser, at = story.browser(lea), f'href="{topic("pumps").get_absolute_url()}"'
    for address in (exchange.get_absolute_url(), "/c/pump-crews/exchanges/", "/c/pump-crews/topics/"):
        assert at in browser.get(address).content.decode(), address
    followed = mark(lea, story.community, "topic", topic("pumps").pk, "followed")
    assert followed
    assert followed.href == topic("pumps").get_absolute_url()


@pytest.mark.parametrize("rows", [2, 12])
def test_it_costs_the_same_however_much_there_is(
    story: Story, lea: Person, omar: Person, rows: int, now: datetime, django_assert_max_num_queries: Any
) -> None:
    for number in range(rows):
        story.ask(lea, title=f"Question {number}", topics=["pumps", f"topic {number}"])
        story.respond(omar, story.ask(lea, title=f"Answered {number}"))
    browser = story.browser(lea)
    browser.get("/")
    with django_assert_max_num_queries(17):
        assert browser.get(topic("pumps").get_absolute_url()).status_code == 200
