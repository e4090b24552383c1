"""Indexing stands in nobody's way: one at a time, and nothing that it reads is locked."""

from functools import partial

import pytest
from django.db import connection, transaction

from commonplace.communities.models import Person
from commonplace.externalizing import acts
from commonplace.externalizing.models import Exchange, Response
from commonplace.internalizing.models import Document
from commonplace.internalizing.search import index, index_many, search
from commonplace.internalizing.search.engines import Row, rows
from commonplace.ledger.act import writing
from commonplace.ledger.jobs import run_due
from tests.story import Story
from tests.trust.colliding import ROUNDS, collide

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def documents(kind: str, word: str) -> int:
    """All of them, where a search looks at the best only."""
    return Document.objects.everywhere("test").filter(kind=kind, words__contains=word).count()


def miscounted() -> list[Row]:
    """Terms that say that they stand in more or fewer documents than they do."""
    there = "(SELECT count(*) FROM internalizing_posting WHERE term = internalizing_term.id)"
    return rows(f"SELECT word, kind, documents, {there} FROM internalizing_term WHERE documents <> {there}")


def not_found_yet(story: Story, asker: Person, helper: Person, number: int) -> list[Exchange]:
    exchanges = [story.resolved(asker, helper, title=f"Steam {number} {letter}") for letter in "abc"]
    Document.objects.everywhere("test").filter(subject__in=[one.pk for one in exchanges]).delete()
    return exchanges


def test_a_first_indexing_beside_distilling(transactional_db: None, story: Story) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    for number in range(ROUNDS):
        exchanges = not_found_yet(story, lea, omar, number)
        ids = [one.pk for one in exchanges]
        attempts = [
            partial(index_many, "exchange", ids),
            partial(index_many, "exchange", reversed(ids)),
            partial(story.distil, lea, *exchanges, title=f"Steam {number}"),
        ]
        assert collide(*attempts) == ["done"] * 3
    run_due()
    assert search(lea, "steam", kinds=["exchange"]).hits
    assert documents("exchange", "steam") == 3 * ROUNDS
    assert documents("practice", "steam") == ROUNDS
    assert miscounted() == [], "each is counted once, whoever indexed it"


def test_who_indexes_many_in_two_orders_meets_nobody_half_way(
    transactional_db: None, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job is one transaction over all its batches: its locks are taken in one order, whatever order it is given."""
    monkeypatch.setattr(index, "BATCH", 1)
    whole = transaction.atomic(index_many)
    ids = sorted(story.ask(story.facilitator, title=f"Steam {number}").pk for number in range(8))
    for _ in range(ROUNDS):
        assert collide(partial(whole, "exchange", ids), partial(whole, "exchange", ids[::-1])) == ["done", "done"]


@pytest.mark.breaks_ledger
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_what_points_to_an_exchange_is_written_while_it_is_indexed(transactional_db: None, story: Story) -> None:
    lea, exchange = story.member("Lea"), story.ask(story.facilitator)

    def point_to_it() -> None:
        with transaction.atomic(), connection.cursor() as cursor, writing():
            cursor.execute("SET LOCAL lock_timeout = '2s'")
            Response.objects.create(exchange=exchange, author=lea, body="Beside the lock.")

    with transaction.atomic():
        index_many("exchange", [exchange.pk])
        assert collide(point_to_it) == ["done"]


def test_words_edited_while_they_are_indexed_are_found_as_they_end(transactional_db: None, story: Story) -> None:
    lea = story.member("Lea")
    for number in range(ROUNDS):
        exchange = story.ask(lea, title=f"Before {number}")
        edit = partial(acts.edit, lea, exchange, title=f"After {number}", body="-", seen=exchange.fingerprint)
        assert collide(edit, partial(index_many, "exchange", [exchange.pk])) == ["done", "done"]
    run_due()
    assert search(lea, "before").nothing
    assert search(lea, "after").hits
    assert documents("exchange", "after") == ROUNDS
    assert miscounted() == []
