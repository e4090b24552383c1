"""The index says what the exchanges and practices say: after each act, after an import, and when built anew."""

from collections.abc import Iterable
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection

from commonplace.communities.models import Person
from commonplace.externalizing import acts
from commonplace.externalizing.models import Exchange, ExchangeCourse, Response
from commonplace.internalizing import commands
from commonplace.internalizing.models import Document
from commonplace.internalizing.search import index_many, reindex, search
from commonplace.internalizing.search.words import fold, spelled, stems
from commonplace.ledger.act import writing
from commonplace.ledger.effects import SUBSCRIPTIONS
from commonplace.ledger.models import Act
from tests.story import Story


def documents() -> dict[str, tuple[object, ...]]:
    rows = Document.objects.everywhere("test").values_list("subject", "kind", "community", "title", "text", "weight")
    return {row[0]: row[1:] for row in rows}


def brought(story: Story, by: Person, titles: Iterable[str], html: str = "<p>old</p>") -> list[str]:
    """Exchanges as an archive brings them: rows, and no reaction to them yet."""
    rows = [Exchange(community=story.community, opener=by, title=title, body="old", html=html) for title in titles]
    with writing():
        Exchange.objects.bulk_create(rows)
        Response.objects.bulk_create(
            Response(exchange=row, author=by, body="words", html="<p>words</p>") for row in rows for _ in range(2)
        )
        ExchangeCourse.objects.bulk_create(
            ExchangeCourse(
                exchange=row, community=row.community, opener=by, status="open", over=False, answers=2, comments=0
            )
            for row in rows
        )
    return [row.pk for row in rows]


@pytest.mark.breaks_ledger
def test_an_archive_is_indexed_at_once(story: Story, lea: Person) -> None:
    ids = brought(story, lea, [f"Steam {number}" for number in range(1_200)])
    assert search(lea, "steam").total == 0
    assert index_many("exchange", ids) == 1_200
    assert search(lea, "steam").total == search(lea, "old words").total == 1_200


@pytest.mark.breaks_ledger
def test_indexing_costs_few_queries_however_many(story: Story, lea: Person, django_assert_max_num_queries: Any) -> None:
    ids = brought(story, lea, [f"Steam {number}" for number in range(400)])
    with django_assert_max_num_queries(15):
        index_many("exchange", ids)


def test_indexing_again_changes_nothing(story: Story, lea: Person, omar: Person) -> None:
    exchange = story.resolved(lea, omar)
    before, total = documents(), search(lea, "prime").total
    for act in Act.objects.about(exchange):
        for subscription in SUBSCRIPTIONS:
            if act.verb in subscription.verbs:
                subscription.react([act])
    assert index_many("exchange", [exchange.pk, exchange.pk]) == 1
    assert (documents(), search(lea, "prime").total) == (before, total)


@pytest.mark.breaks_ledger
def test_what_is_gone_is_not_found(story: Story, lea: Person) -> None:
    kept, gone = story.ask(lea, title="Steam kept"), story.ask(lea, title="Steam gone")
    with writing():
        Exchange.objects.filter(pk=gone.pk).everywhere("test").delete()
    assert [hit.address for hit in search(lea, "steam").hits] == [kept.get_absolute_url()]
    assert search(lea, "steam").total == 1
    index_many("exchange", [kept.pk, gone.pk])
    assert list(documents()) == [kept.pk]


def test_built_anew_it_is_as_it_grew(story: Story, lea: Person, omar: Person) -> None:
    for number in range(3):
        exchange = story.resolved(lea, omar, title=f"Steam {number}")
        acts.edit(lea, exchange, title=f"Valve {number}", body="closed", seen=exchange.fingerprint)
    grown = documents()
    Document.objects.everywhere("test").all().delete()
    assert search(lea, "valve").total == 0
    result = CliRunner().invoke(commands.search, ["reindex"])
    assert (result.exit_code, result.output) == (0, "3 documents can be found.\n")
    assert documents() == grown
    assert (search(lea, "valve").total, search(lea, "steam").total) == (3, 0)


@pytest.mark.breaks_ledger
def test_built_anew_it_forgets_what_no_longer_exists(story: Story, lea: Person) -> None:
    gone = story.ask(lea, title="Steam")
    with writing():
        Exchange.objects.filter(pk=gone.pk).everywhere("test").delete()
    reindex()
    assert documents() == {}
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM internalizing_words")
            assert cursor.fetchone() == (0,)


@pytest.mark.breaks_ledger
@pytest.mark.parametrize("letter", ["x", "é", "知", "𝒳"])
def test_a_text_of_any_size_is_indexed(story: Story, lea: Person, letter: str) -> None:
    """PostgreSQL refuses more than 1 MB of words in a row, and a word of more than 2 kB."""
    words = " ".join(f"{letter}x{number}y" for number in range(60_000))
    [exchange] = brought(story, lea, ["Long"], html=f"<p>{letter * 30_000}</p><p>{words}</p>")
    index_many("exchange", [exchange])
    assert search(lea, "long").total == 1


@pytest.mark.parametrize(
    ("one", "other"), [("RÉPARÉE", "reparee"), ("Œuvre", "oeuvre"), ("Straße", "STRASSE"), ("ｐｕｍｐ", "pump")]
)
def test_one_word_in_two_spellings_is_one_word(one: str, other: str) -> None:
    assert fold(one) == fold(other)


WORDS = ["l", "eau", "re", "start", "pump", "4", "312", "x", "b"]


def test_words_are_letters_and_digits() -> None:
    assert [fold(word) for word in spelled("L'eau: (re)start_pump-4, 3½ x <b>")] == WORDS


def test_a_language_without_stemmer_has_no_stems() -> None:
    assert stems("pumping", "tlh") == frozenset()
    assert stems("pumping", "en-GB") == {"pump"}
