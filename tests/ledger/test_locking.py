"""Subjects are locked in one order, without holding up who only refers to them: two acts never wait for each other."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from commonplace.communities.models import Person
from commonplace.externalizing import acts
from commonplace.externalizing.models import Exchange, ExchangeLink, LinkKind
from commonplace.ledger import act as acting
from commonplace.ledger import trying
from commonplace.ledger.act import Written
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.evidence import Nothing
from commonplace.ledger.locking import current, lock, subject_of
from tests.ledger.toys import Toy
from tests.story import Story
from tests.trust.colliding import ROUNDS, collide


def _statements(*rows: Any) -> list[str]:
    with (
        transaction.atomic(),
        CaptureQueriesContext(
            connection,
        ) as statements,
    ):
        lock(rows)
    return [each["sql"] for each in statements if each["sql"].startswith("SELECT")]


def test_the_order_is_the_same_for_everybody(story: Story) -> None:
    lea = story.member("Lea")
    one, two = story.ask(lea), story.ask(lea)
    rows = [one, two, story.community]
    assert _statements(*rows) == _statements(*reversed(rows))
    assert ["communities_community" in each for each in _statements(*rows)] == [True, False]
    assert all("ORDER BY" in each for each in _statements(*rows))


def test_what_belongs_to_a_subject_locks_it_once(story: Story) -> None:
    lea = story.member("Lea")
    exchange = story.ask(lea)
    rows = [story.respond(lea, exchange), exchange, story.respond(lea, exchange)]
    assert {subject_of(row) for row in rows} == {exchange}
    assert len(_statements(*rows)) == 1
    assert exchange.pk in _statements(*rows)[0]


def test_what_is_not_stored_is_not_locked(story: Story) -> None:
    assert _statements(None, Exchange(title="New"), "words") == []


def test_foreign_keys_are_not_held_up(story: Story) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    assert all(statement.endswith("FOR NO KEY UPDATE") for statement in _statements(story.community))


def test_a_subject_that_is_gone_is_a_refusal(story: Story) -> None:
    never = Exchange(title="Never stored")
    never._state.adding = False
    with transaction.atomic(), pytest.raises(NotPossible, match="no longer here"):
        lock([never])
    with pytest.raises(NotPossible, match="no longer here"):
        current(never)


@pytest.mark.parametrize("many", [list, tuple, set, frozenset])
def test_several_stay_several(story: Story, many: Callable[[Any], Any]) -> None:
    people = many([story.member("Lea"), story.member("Omar")])
    again = current(people)
    assert type(again) is type(people)
    assert again == people
    assert all(one is not other for one in again for other in people)


def test_what_is_no_row_stays_as_it_is() -> None:
    for value in ("words", 3, None, ["a", "b"], {"a": 1}):
        assert current(value) is value or current(value) == value


# Two at once


@pytest.fixture
def once_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is tried again: a deadlock would show."""
    monkeypatch.setattr(trying, "MOST_TRIES", 1)


@pytest.mark.race
def test_two_who_link_crosswise_are_both_served(transactional_db: None, once_only: None, story: Story) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    for _ in range(ROUNDS):
        one, two = story.ask(lea), story.ask(omar)

        def link(by: Person, this: Exchange, other: Exchange) -> Callable[[], object]:
            return lambda: acts.link(by, this, other=other, kind=LinkKind.LINKED)

        assert collide(link(lea, one, two), link(omar, two, one)) == ["done", "done"]


class Crosswise:
    """Each locks one exchange and then refers to the other's, as soon as both are there."""

    def __init__(self, story: Story, toy: Toy) -> None:
        lea, omar = story.member("Lea"), story.member("Omar")
        one, two = story.ask(lea), story.ask(omar)
        both = threading.Barrier(2)

        @toy("toy.referred", locks=lambda actor, exchange, other: [exchange])
        def refer(actor: Person, exchange: Exchange, other: Exchange) -> Written[Exchange]:
            both.wait()
            ExchangeLink.objects.create(exchange=exchange, other=other, kind=LinkKind.LINKED, person=actor)
            return Written(exchange, Nothing())

        self.attempts = (lambda: refer(lea, one, two), lambda: refer(omar, two, one))


@pytest.fixture
def crosswise(transactional_db: None, once_only: None, story: Story, toy: Toy) -> Crosswise:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    return Crosswise(story, toy)


@pytest.mark.race
def test_a_lock_does_not_stop_who_refers_to_the_row(crosswise: Crosswise) -> None:
    assert collide(*crosswise.attempts) == ["done", "done"]


def _for_update(rows: Any) -> None:
    for row in rows:
        assert list(row._meta.model._base_manager.select_for_update().filter(pk=row.pk))


@pytest.mark.race
def test_a_plain_lock_would(crosswise: Crosswise, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control."""
    monkeypatch.setattr(acting, "lock", _for_update)
    assert collide(*crosswise.attempts) == ["OperationalError", "done"]
