"""T3: who opened it, or a facilitator, closes it: with what helped, or saying why not. The purpose may be another."""

import re

import pytest

from commonplace.communities.models import Person
from commonplace.externalizing import acts
from commonplace.externalizing.evidence import Closed, ClosedWith
from commonplace.externalizing.models import Exchange, Purpose, Status, WhyUnresolved
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.externalizing.reading import last, refusal, status
from tests.story import Story

REUSE, CREATION, ELSEWHERE = Purpose.REUSE, Purpose.CREATION, WhyUnresolved.ELSEWHERE


def test_who_opened_it_or_a_facilitator(story: Story, lea: Person, omar: Person) -> None:
    for closer in (lea, story.facilitator):
        exchange = story.ask(lea)
        with pytest.raises(NotAllowed, match="who opened it"):
            acts.close(omar, exchange, purpose=REUSE, why=ELSEWHERE)
        acts.close(closer, exchange, purpose=REUSE, why=ELSEWHERE)
        assert status(exchange) == "unresolved"


def test_without_anything_that_helped_it_says_why(lea: Person, exchange: Exchange) -> None:
    with pytest.raises(NotPossible, match="say why"):
        acts.close(lea, exchange, purpose=REUSE)
    assert status(exchange) == "open"


def test_it_is_closed_once(lea: Person, exchange: Exchange) -> None:
    acts.close(lea, exchange, purpose=REUSE, why=ELSEWHERE)
    with pytest.raises(NotPossible, match="closed already"):
        acts.close(lea, exchange, purpose=REUSE, why=ELSEWHERE)


def test_the_purpose_is_classified_again(story: Story, lea: Person) -> None:
    exchange = story.ask(lea, purpose=CREATION)
    acts.close(lea, exchange, purpose=REUSE, why=ELSEWHERE)
    exchange.refresh_from_db()
    assert exchange.purpose == REUSE
    assert Closed.of(last("exchange.closed")) == Closed(
        purpose=REUSE,
        declared_purpose=CREATION,
        outcome=Status.UNRESOLVED,
        why=ELSEWHERE,
        closed_with=ClosedWith.NOTHING,
    )


def test_what_helped_needs_no_reason(story: Story, lea: Person, omar: Person) -> None:
    exchange = story.resolved(lea, omar)
    closing = acts.close(lea, exchange, purpose=CREATION, why=ELSEWHERE)
    assert (closing.why_unresolved, status(exchange)) == ("", "resolved")
    assert Closed.of(last("exchange.closed")) == Closed(
        purpose=CREATION,
        declared_purpose=REUSE,
        outcome=Status.RESOLVED,
        why=None,
        closed_with=ClosedWith.CONFIRMED,
    )


def test_in_the_browser(story: Story, lea: Person, omar: Person) -> None:
    for exchange, why in ((story.ask(lea), "no_longer_needed"), (story.resolved(lea, omar), "")):
        address = f"/c/pump-crews/exchanges/{exchange.pk}/closing"
        assert story.browser(lea).post(address, {"purpose": "creation", "why": why}).status_code == 302
        assert (exchange.closing.why_unresolved, exchange.closing.purpose) == (why, "creation")


def test_a_refused_closing_is_explained_and_kept(story: Story, lea: Person, exchange: Exchange) -> None:
    address = f"/c/pump-crews/exchanges/{exchange.pk}/closing"
    page = refusal(story.browser(lea), address, purpose="creation", why="")
    assert "say why it is closed" in page
    assert re.search(r'<input[^>]*value="creation"[^>]* checked', page), "what was chosen"
