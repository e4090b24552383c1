"""Pressed twice, it is there once, and the page leads to it."""

from datetime import timedelta

import pytest

from commonplace.communities.models import Person
from commonplace.externalizing.models import Exchange
from commonplace.ledger import clock
from commonplace.ledger.errors import NotPossible
from tests.story import Story

TYPED = {"kind": "request", "purpose": "reuse", "title": "Pump 4", "body": "It runs dry.", "topics": "Pumps, valves"}
HERE = "/c/pump-crews/exchanges"


def opened(by: Person) -> int:
    return Exchange.objects.filter(opener=by).everywhere("test").count()


def test_an_exchange(story: Story, lea: Person) -> None:
    once, twice = (story.browser(lea).post(f"{HERE}/create", TYPED) for _ in range(2))
    assert once.status_code == twice.status_code == 302
    assert once["Location"] == twice["Location"]
    assert opened(lea) == 1


@pytest.mark.parametrize("other", [{"title": "Pump 5"}, {"kind": "problem"}, {"topics": "Pumps"}, {"topics": "a,b,c"}])
def test_another_exchange(story: Story, lea: Person, other: dict[str, str]) -> None:
    for typed in (TYPED, TYPED | other):
        assert story.browser(lea).post(f"{HERE}/create", typed).status_code == 302
    assert opened(lea) == 2


def test_an_answer_and_a_comment(story: Story, omar: Person, exchange: Exchange) -> None:
    browser, address = story.browser(omar), f"{HERE}/{exchange.pk}"
    for page, typed in (("responses", {}), ("comments", {"on": ""})):
        once, twice = (browser.post(f"{address}/{page}", {"body": "Bleed it.", **typed}) for _ in range(2))
        assert once.status_code == twice.status_code == 302
        assert once["Location"] == twice["Location"]
    assert [response.kind for response in exchange.responses.order_by("pk")] == ["answer", "comment"]


def test_whoever_has_no_page_reads_where_it_is(story: Story, lea: Person, omar: Person, exchange: Exchange) -> None:
    story.respond(omar, exchange, "Bleed it.")
    with pytest.raises(NotPossible, match="on the page of the exchange"):
        story.respond(omar, exchange, "Bleed it.")
    with pytest.raises(NotPossible, match="it is in the list"):
        story.ask(lea, exchange.title, body=exchange.body)


def test_somebody_else_or_later_is_not_twice(story: Story, lea: Person, omar: Person) -> None:
    for person in (lea, omar):
        story.ask(person, body="It runs dry.")
    with clock.at(clock.now() + timedelta(minutes=11)):
        story.ask(lea, body="It runs dry.")
    assert opened(lea) == 2
