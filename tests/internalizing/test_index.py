"""The index says what the exchanges and practices say: after each act, after an import, and when built anew."""

from typing import Any

import pytest
from click.testing import CliRunner

from commonplace.communities.models import Person
from commonplace.externalizing import acts
from commonplace.externalizing.models import Exchange
from commonplace.internalizing import commands
from commonplace.internalizing.models import Document
from commonplace.internalizing.search import index_many, numbers, reindex, search
from commonplace.internalizing.search.candidates import MOST_THREADS
from commonplace.internalizing.search.engines import rows
from commonplace.ledger.act import writing
from commonplace.ledger.effects import SUBSCRIPTIONS
from commonplace.ledger.models import Act
from tests.internalizing.conftest import brought
from tests.story import Story


def documents() -> dict[str, tuple[object, ...]]:
    rows = Document.objects.everywhere("test").values_list(
        "subject", "kind", "thread", "community", "words", "text", "weight"
    )
    return {row[0]: row[1:] for row in rows}


@pytest.mark.breaks_ledger
def test_an_archive_is_indexed_at_once(story: Story, lea: Person) -> None:
    ids = brought(story, lea, [f"Steam {number}" for number in range(1_200)])
    assert search(lea, "steam").total == 0
    assert index_many("exchange", ids) == 1_200
    results = search(lea, "steam")
    assert (results.total, results.more) == (MOST_THREADS, True)


@pytest.mark.breaks_ledger
def test_no_more_than_the_best_are_counted_however_many_are_of_one_moment(
    story: Story, lea: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of one moment two exchanges may have one number."""
    monkeypatch.setattr(numbers, "CHANCE", 127)
    index_many("exchange", brought(story, lea, [f"Steam {number}" for number in range(400)]))
    results = search(lea, "steam")
    assert (results.total, results.more) == (MOST_THREADS, True)


@pytest.mark.breaks_ledger
def test_indexing_costs_few_queries_however_many(story: Story, lea: Person, django_assert_max_num_queries: Any) -> None:
    ids = brought(story, lea, [f"Steam {number}" for number in range(400)])
    with django_assert_max_num_queries(16):
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
    assert (result.exit_code, result.output) == (0, "6 documents can be found.\n")
    assert documents() == grown
    assert (search(lea, "valve").total, search(lea, "steam").total) == (3, 0)


@pytest.mark.breaks_ledger
def test_built_anew_it_forgets_what_no_longer_exists(story: Story, lea: Person) -> None:
    gone = story.ask(lea, title="Steam")
    with writing():
        Exchange.objects.filter(pk=gone.pk).everywhere("test").delete()
    reindex()
    assert documents() == {}
    for table in ("posting", "term", "slip"):
        assert rows(f"SELECT count(*) FROM internalizing_{table}") == [(0,)]


@pytest.mark.breaks_ledger
@pytest.mark.parametrize("letter", ["x", "é", "知", "𝒳"])
def test_a_text_of_any_size_is_indexed(story: Story, lea: Person, letter: str) -> None:
    """Nothing is cut: the last word of a long text finds it, and a word of any length is one."""
    words = " ".join(f"{letter}x{number}y" for number in range(20_000))
    [exchange] = brought(story, lea, ["Long"], html=f"<p>{letter * 30_000}</p><p>{words}</p>")
    index_many("exchange", [exchange])
    assert search(lea, "long").total == search(lea, f"{letter}x19999y").total == 1
    assert search(lea, f'"{letter}x19998y {letter}x19999y"').total == 1
