"""Every figure of a story told through the acts, recomputed from the files of its exported ledger."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from commonplace.communities.models import Person
from commonplace.consenting.kinds import Stand
from commonplace.externalizing.models import Exchange
from commonplace.ledger import clock
from commonplace.measuring.engines import acts_of, engine
from commonplace.measuring.lake import export
from commonplace.measuring.metrics import METRICS
from commonplace.measuring.rules import Rules
from commonplace.measuring.windows import Period
from commonplace.objectifying import acts as agreement
from commonplace.objectifying.models import Practice
from tests.internalizing.conftest import report
from tests.measuring.conftest import day
from tests.measuring.oracle import cohort
from tests.measuring.raw import measure
from tests.measuring.recomputed import exported, figures
from tests.measuring.test_metrics import SOME, brought, tell
from tests.story import Story

START = datetime(2025, 1, 6, 9, tzinfo=UTC)
COMPUTED = [metric for metric in METRICS if metric.cases]
PERIODS = [(None, 400, 0), (60, 130, 200), (20, 80, 30)]
"""Days since the start: after, up to, followed for."""


class Year:
    """Nine people through a year; some ask often, some once. Seeded, so that it is the same in every database."""

    def __init__(self) -> None:
        self.dice = np.random.default_rng(7)
        with clock.at(START - timedelta(days=1)):
            self.story = Story()
            self.people = [self.story.member(f"Member {number}") for number in range(9)]
        for number in range(26):
            self.exchange(float(self.dice.uniform(0, 160)), number)
        self.more = np.random.default_rng(11)
        for number in range(14):
            self.bringing(float(self.more.uniform(0, 160)), number)

    def anybody(self, but: Person | None = None) -> Person:
        chances = np.array([1 / (place + 1) for place in range(9)]) * [one != but for one in self.people]
        return self.people[self.dice.choice(9, p=chances / chances.sum())]

    def exchange(self, on: float, number: int) -> None:
        asker = self.anybody()
        exchange = self.at(on, lambda: self.story.ask(asker, f"Pump {number}"))
        if self.dice.random() < 0.85:
            on += float(self.dice.exponential(4))
            response = self.at(on, lambda: self.story.respond(self.anybody(but=asker), exchange))
            if self.dice.random() < 0.8:
                on += float(self.dice.exponential(12))
                self.at(on, lambda: self.story.confirm(asker, response))
                self.practice(on, exchange)

    def practice(self, on: float, exchange: Exchange) -> None:
        if self.dice.random() < 0.25:
            return
        scribe = self.anybody()
        on += float(self.dice.exponential(20))
        practice = self.at(on, lambda: self.story.distil(scribe, exchange))
        self.at(on + 0.5, lambda: report(self.story.facilitator, practice))
        on += 1 + float(self.dice.exponential(20))
        proposal = self.at(on, lambda: self.story.propose(scribe, practice))
        for person in self.people[int(self.dice.integers(0, 4)) :]:
            self.at(on + 1, lambda person=person: self.story.stand(person, proposal))
        if self.dice.random() < 0.4:
            self.at(on + 2, lambda: self.story.stand(self.people[-1], proposal, Stand.ASIDE))
        if self.dice.random() < 0.8:
            on += float(self.dice.uniform(15, 60))
            self.at(on, lambda: self.story.decide(self.story.facilitator, proposal))
            for _ in range(int(self.dice.integers(0, 3))):
                on += float(self.dice.exponential(25))
                self.at(on, lambda: report(self.anybody(), practice))

    def bringing(self, on: float, number: int) -> None:
        by, *others = (self.people[place] for place in self.more.permutation(9))
        practice = self.at(on, lambda: self.story.bring(by, f"Brought {number}"))
        if self.more.random() < 0.15:
            self.at(on + 1, lambda: agreement.set_aside(by, practice, reason="By mistake."))
            return
        if self.more.random() < 0.8:
            self.at(on + 2, lambda: report(others[0], practice))
        if self.more.random() < 0.3:
            return
        proposal = self.at(on + 9, lambda: self.story.propose(others[1], self.backed(on + 8, practice, others)))
        for person in self.people[: int(self.more.integers(5, 9))]:
            self.at(on + 10, lambda person=person: self.story.stand(person, proposal))
        self.at(on + 30, lambda: self.story.decide(self.story.facilitator, proposal))
        if self.more.random() < 0.6:
            new = self.at(on + 40, lambda: self.story.member(f"New {number}"))
            self.at(on + 50, lambda: report(new, practice))

    def backed(self, on: float, practice: Practice, by: list[Person]) -> Practice:
        for person in by[2:4]:
            self.at(on, lambda person=person: agreement.back(person, practice))
        return practice

    def at(self, on: float, act: Any) -> Any:
        with clock.at(START + timedelta(seconds=round(on * 86_400))):
            return act()


def periods() -> list[Period]:
    return [Period(_on(since), _on(until), timedelta(days=followed)) for since, until, followed in PERIODS]


def _on(number: int | None) -> Any:
    return None if number is None else START + timedelta(days=number)


def same(acts: Any, rows: list[dict[str, Any]], period: Period) -> int:
    """How many of the figures had cases."""
    readings = measure(acts, period, Rules(), COMPUTED)
    for metric, reading in zip(COMPUTED, readings, strict=True):
        expected = figures(cohort(rows, metric.id, period)[0], metric.unit)
        for name, value in expected.items():
            near = value if value is None else pytest.approx(value, rel=1e-9, abs=1e-9)
            assert getattr(reading, name) == near, (metric.id, name, period)
    return sum(bool(reading.events) for reading in readings)


def test_a_story_told_through_the_acts(db: None, tmp_path: Path) -> None:
    year = Year()
    export(tmp_path)
    rows = exported(tmp_path, year.story.community.pk)
    with engine() as connection:
        acts = acts_of(connection, tmp_path, year.story.community.pk)
        with_cases = sum(same(acts, rows, period) for period in periods())
    assert with_cases >= 24, "the story is about something"


@SOME
@given(brought)
def test_stories_of_chance(engine: Any, events: Any) -> None:
    history = tell(engine, events)
    same(history.table(), history.rows, Period(None, day(21), timedelta(days=200)))
