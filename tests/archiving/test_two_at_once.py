"""One archive brought in twice at the same moment, on both engines: one waits, then finds that all is there."""

import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import pytest
from click.testing import CliRunner
from django.db import OperationalError, connection

from commonplace.archiving.commands import import_
from commonplace.archiving.importing import Order, bring_in
from commonplace.archiving.importing.batch import Batch
from commonplace.archiving.importing.tally import Tally
from commonplace.archiving.models import Imported
from commonplace.communities.models import Person
from commonplace.externalizing import acts
from commonplace.externalizing.models import Exchange, LinkKind
from commonplace.ledger.check import findings
from commonplace.ledger.models import Act
from commonplace.ledger.trying import DEADLOCK
from tests.archiving.dumps import SITE, answer, question, small, write
from tests.archiving.terminal import typed
from tests.story import Story
from tests.trust.colliding import TIMES

T = TypeVar("T")
write_batch = Batch.write
ROUNDS = 4 * TIMES
race = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return write(tmp_path / SITE, small() | {"PostLinks": []})


def at_once(*works: Callable[[], T]) -> list[T]:
    """Each on a connection of its own; raises what any of them raised."""
    start = Barrier(len(works))

    def one(work: Callable[[], T]) -> T:
        try:
            start.wait()
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def both(order: Order, person: Person) -> list[Tally]:
    """The same order twice; the one that brought most in comes first."""
    tallies = at_once(*[lambda: bring_in(order, person)] * 2)
    return sorted(tallies, key=lambda tally: tally.counts["unchanged"])


class TestAtOnce:
    pytestmark = race

    @pytest.mark.parametrize("time", range(TIMES))
    def test_nothing_comes_in_twice(self, time: int, transactional_db: None, story: Story, dump: Path) -> None:
        first, second = both(Order("stackexchange", dump, story.community.slug), story.facilitator)
        assert (first.counts["exchanges"], first.counts["persons"]) == (2, 4)
        assert second.counts.total() == second.counts["unchanged"] == 11
        assert Exchange.objects.everywhere("test").count() == 2
        assert Imported.objects.count() == 11

    def test_a_community_is_founded_once(self, transactional_db: None, story: Story, dump: Path) -> None:
        for number in range(ROUNDS):
            order = Order("stackexchange", dump, f"crew-{number}", "Crew")
            first, second = both(order, story.operator)
            assert (first.counts["exchanges"], second.counts["unchanged"]) == (2, 11)
        assert Act.objects.filter(verb="community.founded").everywhere("test").count() == 1 + ROUNDS
        assert list(findings()) == []

    @pytest.mark.parametrize("time", range(TIMES))
    def test_whoever_writes_meanwhile_sees_no_error(
        self, time: int, transactional_db: None, story: Story, dump: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The import holds one exchange and wants the other; so does a member, the other way around."""
        monkeypatch.setattr("commonplace.archiving.importing.surveying.AT_ONCE", 1)
        order = Order("stackexchange", dump, story.community.slug)
        bring_in(order, story.facilitator)
        one, two = Exchange.objects.everywhere("test").order_by("title")
        links = (one, two, LinkKind.LINKED), (two, one, LinkKind.LINKED), (one, two, LinkKind.DUPLICATE)
        for number, (exchange, other, kind) in enumerate(links):
            _write_news(dump, number)
            tally, _ = at_once(
                lambda: bring_in(order, story.facilitator),
                lambda exchange=exchange, other=other, kind=kind: acts.link(  # type: ignore[misc]
                    story.facilitator, exchange, other=other, kind=kind
                ),
            )
            assert (tally.counts["updated"], tally.counts["responses"]) == (2, 2)
        assert list(findings()) == []

    @pytest.mark.parametrize("time", range(TIMES))
    def test_those_of_a_name_who_come_into_two_communities_get_two_numbers(
        self, time: int, transactional_db: None, story: Story, dump: Path
    ) -> None:
        slugs = story.community.slug, story.found("other", "Other", story.facilitator).slug
        at_once(*[lambda slug=slug: bring_in(Order("stackexchange", dump, slug), story.facilitator) for slug in slugs])
        numbers = Counter(Person.objects.exclude(origin="").values_list("folded", "namesake"))
        assert len(numbers) == 8
        assert set(numbers.values()) == {1}

    def test_an_import_that_loses_a_deadlock_begins_again(
        self, transactional_db: None, story: Story, dump: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tries: list[int] = []

        def lose_once(batch: Batch) -> None:
            write_batch(batch)
            tries.append(len(batch.known))
            if len(tries) == 1:
                raise OperationalError("deadlock detected") from Deadlock()

        monkeypatch.setattr(Batch, "write", lose_once)
        assert bring_in(Order("stackexchange", dump, story.community.slug), story.facilitator).counts["exchanges"] == 2
        assert tries == [11, 11]
        assert Imported.objects.count() == 11


class Deadlock(Exception):
    sqlstate = DEADLOCK


def _write_news(dump: Path, number: int) -> None:
    texts = [question(2, Body=f"How {number}?"), question(1, Body=f"Why {number}?", AcceptedAnswerId="3")]
    answers = [answer(number, of) for number, of in ((50 + number, 2), (60 + number, 1))]
    earlier = [answer(base + past, of) for past in range(number) for base, of in ((50, 2), (60, 1))]
    write(dump, {"Posts": [*texts, *small()["Posts"][2:], *earlier, *answers]})


def test_two_processes_make_one_database(tmp_path: Path, dump: Path) -> None:
    """Neither takes away what the other has made."""
    line = ("import", "stackexchange", dump, "--community", "ai", "--found", "AI", "--json")
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _: typed(tmp_path / "data", *line), range(2)))  # type: ignore[arg-type]
    assert [one.returncode for one in done] == [0, 0], [one.stderr for one in done]
    assert sorted(json.loads(one.stdout)["unchanged"] for one in done) == [0, 11]


def test_whoever_waits_too_long_is_told_what_to_do(story: Story, dump: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("commonplace.archiving.commands.written", locked)
    result = CliRunner().invoke(import_, ["stackexchange", str(dump), "--community", "pump-crews"])
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        f"Error: {SITE}: nothing was written: somebody else is writing, perhaps another import; "
        "try again when that is done."
    ]


def test_the_pen_is_free_between_two_batches(
    story: Story, dump: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whoever asks meanwhile is inside of no import, and what came before is there for everybody."""
    monkeypatch.setattr("commonplace.archiving.importing.surveying.AT_ONCE", 4)
    outside, there = len(connection.savepoint_ids), []

    def seen(count: int) -> None:
        assert len(connection.savepoint_ids) == outside
        there.append((count, Imported.objects.count()))

    bring_in(Order("stackexchange", dump, story.community.slug), story.facilitator, seen)
    assert there == [(4, 4), (8, 8), (12, 11), (15, 11)]


def test_an_import_that_breaks_off_has_brought_in_whole_batches_and_goes_on(
    story: Story, dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commonplace.archiving.importing.surveying.AT_ONCE", 4)

    def full(batch: Batch) -> None:
        if len(Imported.objects.all()) >= 8:
            raise OperationalError("database or disk is full")
        write_batch(batch)

    monkeypatch.setattr(Batch, "write", full)
    line = ["stackexchange", str(dump), "--community", "pump-crews"]
    result = CliRunner().invoke(import_, line)
    assert result.exit_code == 1
    assert "the first 8 records are in, and a second run goes on from there" in result.stderr
    assert list(findings()) == []
    monkeypatch.setattr(Batch, "write", write_batch)
    numbers = json.loads(CliRunner().invoke(import_, [*line, "--json"]).stdout)
    assert (numbers["unchanged"], Imported.objects.count()) == (8, 11)
    assert list(findings()) == []
