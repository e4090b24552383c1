"""Nobody is told of by all that is published of a community over more than a year, and most of it is published."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import ibis
import pyarrow as pa
import pytest

from commonplace.measuring.disclosure.crowds import reached
from commonplace.measuring.disclosure.groups import Count
from commonplace.measuring.drafts import Desk, counts
from commonplace.measuring.editions import Editions
from commonplace.measuring.engines import rows
from commonplace.measuring.metrics import DECLARED, METRICS
from commonplace.measuring.origins import firsts_of
from commonplace.measuring.publish import Publication
from commonplace.measuring.readings import Reading
from commonplace.measuring.rules import Rules
from tests.measuring.attacker import Number, Try, at_random, best, in_threes, lopsided, solvable, telling
from tests.measuring.conftest import SCHEMA
from tests.measuring.towns import Town, towns

START, EVERY = datetime(2024, 1, 3, 9, tzinfo=UTC), timedelta(days=28)
# Of five nothing is said however long; of two hundred half a year says what forty say in one.
DAYS = {5: 200, 8: 370, 12: 370, 40: 370, 200: 200}
RULES = Rules()
LEAST = {40: 0.6, 12: 0.3}


class Archive:
    """All that was published of a town, week after week, and what stands behind it."""

    def __init__(self, town: Town, connection: Any, days: int) -> None:
        self.town, self.readings, self.counts = town, list[Reading](), list[Count]()
        table = pa.Table.from_pylist([{name: row.get(name) for name in SCHEMA.names} for row in town.rows], SCHEMA)
        self.desk = Desk(connection.create_table(ibis.util.gen_name("acts"), ibis.memtable(table), temp=True), RULES)
        self.stays = [(person, START, None) for person in town.people]
        self.firsts, self.windows = firsts_of(self.desk.acts), dict[str, datetime]()
        at = START + 3 * EVERY
        while at < START + timedelta(days=days):
            self._publish(at)
            at += EVERY

    def _publish(self, at: datetime) -> None:
        known = sum(row["happened_at"] <= at for row in self.town.rows)
        publication = Publication(None, self.desk, known, at, 0, self.firsts)  # type: ignore[arg-type]
        ripe = ((metric, *publication._window(metric)) for metric in METRICS)
        due = [(metric, period) for metric, period, why in ripe if not why]
        due = [(metric, period) for metric, period in due if self.windows.get(metric.id) != period.until]
        self.windows |= {metric.id: period.until for metric, period in due}
        if due:
            before = [Count(one.metric, known, one.since, one.until, one.reached) for one in self.counts]
            judged = Editions(self.desk, known, self.stays, before).judged(due)
            self.readings += judged
            for (metric, period), reading in zip(due, judged, strict=True):
                self.counts += counts(metric.id, reading, period, known)

    def share(self) -> float:
        """Of the figures of all ripe windows, those of which something was published."""
        return sum(reading.events is not None for reading in self.readings) / len(self.readings)

    def numbers(self) -> tuple[list[Number], dict[str, list[Number]]]:
        """What each published number counts: by who began the cases; and, by metric, by who made the outcome."""
        began, made = list[Number](), dict[str, list[Number]]()
        last = len(self.town.rows)
        for metric in {one.metric for one in self.counts}:
            those = [one for one in self.counts if one.metric == metric]
            cohort = self.desk.over(DECLARED[metric], those, last)
            cases = rows(cohort.cases.select("case", "person", "began", hit=reached(cohort.cases)))
            for one in those:
                inside = {row["case"]: row["person"] for row in cases if one.has(row["began"], row["hit"])}
                name = f"{metric} to {one.until:%F}{' reached' if one.reached else ''}"
                kind = f"{metric} {one.reached}"
                began.append(Number(name, kind, frozenset(inside.items())))
                if one.reached:
                    did = ((row["case"], row["person"]) for row in rows(cohort.doers) if row["case"] in inside)
                    made.setdefault(metric, []).append(Number(name, kind, frozenset(did)))
        return began, made


@pytest.fixture(scope="module")
def connection() -> Iterator[Any]:
    connection = ibis.duckdb.connect(threads=1)
    yield connection
    connection.disconnect()


def attempts(numbers: list[Number], chance: random.Random) -> Iterator[Try]:
    yield from best(numbers, 1_000)
    yield from at_random(numbers, chance, 10_000)


@pytest.mark.parametrize("town", list(towns(7, START, max(DAYS.values()))), ids=lambda town: town.slug)
def test_nobody_is_told_of(town: Town, connection: Any) -> None:
    archive, chance = Archive(town, connection, DAYS[len(town.people)]), random.Random(3)
    began, made = archive.numbers()
    assert telling(attempts(began, chance), RULES.people) == []
    assert lopsided([*best(began, 1_000), *in_threes(began, chance, 1_000)]) == []
    assert [person for person in town.people if solvable(began, [person])] == []
    for numbers in made.values():
        assert telling(best(numbers, 1_000), RULES.people) == []
        assert lopsided([*best(numbers, 1_000), *in_threes(numbers, chance, 1_000)]) == []
    assert archive.share() >= LEAST.get(len(town.people), 0)
    assert began or len(town.people) == 5, "of five people nothing is ever said"


def test_without_control_the_attack_succeeds(connection: Any) -> None:
    """The negative control: all figures of the same town, each as it is."""
    town = next(town for town in towns(7, START, 300) if len(town.people) == 12)
    archive = Archive(town, connection, days=0)
    archive.counts = [
        Count(metric.id, len(town.rows), at - timedelta(weeks=12), at, part)
        for metric in METRICS[:3]
        for at in (START + timedelta(weeks=number) for number in range(13, 40))
        for part in (False, True)
    ]
    began, _ = archive.numbers()
    assert telling(best(began, 1_000), RULES.people)
    assert any(solvable(began, [person]) for person in town.people)
