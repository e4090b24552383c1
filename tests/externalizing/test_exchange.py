"""T1-T3: asking, responding, confirming, closing; and mending one's own words."""

import pytest

from commonplace.communities.models import Person
from commonplace.externalizing import acts
from commonplace.externalizing.models import Benefit, Exchange, Purpose, ResponseKind
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.story import Story


def status(exchange: Exchange) -> str:
    return Exchange.objects.everywhere("test").with_status().get(pk=exchange.pk).status


@pytest.fixture
def lea(story: Story) -> Person:
    return story.member("Lea")


@pytest.fixture
def omar(story: Story) -> Person:
    return story.member("Omar")


def test_only_somebody_else_answers(story: Story, lea: Person, omar: Person) -> None:
    exchange = story.ask(lea)
    story.respond(lea, exchange, "Nobody yet?")
    assert status(exchange) == "open"
    story.respond(omar, exchange, kind=ResponseKind.COMMENT)
    assert status(exchange) == "answered"


def test_only_the_asker_says_that_it_helped(story: Story, lea: Person, omar: Person) -> None:
    exchange = story.ask(lea)
    response = story.respond(omar, exchange)
    with pytest.raises(NotAllowed):
        story.confirm(omar, response)
    story.confirm(lea, response, Benefit.META_KNOWLEDGE)
    assert status(exchange) == "resolved"


def test_a_story_is_confirmed_by_who_took_it_up(story: Story, lea: Person, omar: Person) -> None:
    offered = story.ask(lea, kind="story")
    with pytest.raises(NotAllowed):
        acts.confirm(lea, offered, response=None, benefit=Benefit.SOLUTION)
    acts.confirm(omar, offered, response=None, benefit=Benefit.VALIDATION)
    assert status(offered) == "resolved"


def test_closing_classifies_the_purpose_again_and_says_why(story: Story, lea: Person) -> None:
    exchange = story.ask(lea, purpose=Purpose.CREATION)
    with pytest.raises(NotPossible, match="say why"):
        acts.close(lea, exchange, purpose=Purpose.REUSE)
    acts.close(lea, exchange, purpose=Purpose.REUSE, why="elsewhere")
    exchange.refresh_from_db()
    assert (exchange.purpose, status(exchange)) == (Purpose.REUSE, "unresolved")
    with pytest.raises(NotPossible, match="closed already"):
        acts.close(lea, exchange, purpose=Purpose.REUSE, why="elsewhere")


def test_editing_keeps_what_it_said_before(story: Story, lea: Person, omar: Person) -> None:
    exchange = story.ask(lea, title="Pmup 4")
    with pytest.raises(NotAllowed):
        acts.edit(omar, exchange, body="Mine now", title="Pump 4")
    acts.edit(lea, exchange, body="It turns.", title="Pump 4")
    assert [revision.title for revision in exchange.revisions.all()] == ["Pmup 4"]
    assert exchange.title == "Pmup 4", "the caller's row is not the locked one"


def test_the_ledger_tells_the_same(story: Story, lea: Person, omar: Person) -> None:
    story.resolved(lea, omar)
    acts.close(lea, story.ask(lea), purpose=Purpose.REUSE, why="other")
    assert list(findings()) == []


def test_a_refused_response_keeps_what_was_typed(story: Story, lea: Person) -> None:
    exchange = story.ask(lea)
    browser = story.browser(lea)
    page = browser.post(f"/c/pump-crews/exchanges/{exchange.pk}/links", {"address": "my words", "kind": "linked"})
    assert page.status_code == 422
    assert 'value="my words"' in page.content.decode()


def test_asking_and_answering_in_the_browser(story: Story, lea: Person, omar: Person) -> None:
    asked = story.browser(lea).post(
        "/c/pump-crews/exchanges/create",
        {
            "kind": "request",
            "purpose": "reuse",
            "title": "Prime lost",
            "body": "Help *please*",
            "topics": "Pumps, pumps",
        },
        follow=True,
    )
    assert "<em>please</em>" in asked.content.decode()
    exchange = Exchange.objects.visible_to(lea).get(title="Prime lost")
    assert [topic.name for topic in exchange.topics.all()] == ["pumps"]
    answered = story.browser(omar).post(
        f"/c/pump-crews/exchanges/{exchange.pk}/responses", {"body": "Bleed it"}, follow=True
    )
    assert "Bleed it" in answered.content.decode()


def test_an_empty_question_is_explained_and_kept(story: Story, lea: Person) -> None:
    page = story.browser(lea).post(
        "/c/pump-crews/exchanges/create", {"kind": "request", "title": "", "body": "Half a thought"}
    )
    assert page.status_code == 422
    assert "Half a thought" in page.content.decode()


@pytest.mark.parametrize("rows", [3, 20])
def test_the_list_costs_the_same_however_long(
    story: Story, lea: Person, rows: int, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    for number in range(rows):
        story.respond(story.facilitator, story.ask(lea, title=f"Question {number}"))
    browser = story.browser(lea)
    with django_assert_max_num_queries(12):
        browser.get("/c/pump-crews/exchanges/")


@pytest.mark.parametrize("rows", [1, 12])
def test_the_page_costs_the_same_however_long(
    story: Story, lea: Person, rows: int, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    exchange = story.ask(lea)
    for number in range(rows):
        story.respond(story.member(f"Helper {number}"), exchange)
    browser = story.browser(lea)
    with django_assert_max_num_queries(12):
        assert browser.get(exchange.get_absolute_url()).status_code == 200
