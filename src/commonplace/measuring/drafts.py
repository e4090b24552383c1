"""A figure in the making: a metric over a window, with the people behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commonplace.measuring.cohorts import Cohort, narrowed
from commonplace.measuring.disclosure.groups import Count
from commonplace.measuring.engines import kept
from commonplace.measuring.measure import cohort_of
from commonplace.measuring.metrics import Metric
from commonplace.measuring.readings import Reading
from commonplace.measuring.rules import Rules
from commonplace.measuring.sources import without_bots
from commonplace.measuring.windows import Period

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from commonplace.measuring.models import Figure


@dataclass(frozen=True, slots=True)
class Draft:
    """Of the acts up to number `last_act`; `wide` is the metric's cohort over a time that has the window in it."""

    metric: Metric
    period: Period
    last_act: int
    wide: Cohort

    @property
    def cohort(self) -> Cohort:
        return narrowed(self.wide, self.period)

    def counts(self, reading: Reading) -> list[Count]:
        return list(counts(self.metric.id, reading, self.period, self.last_act))


def counts(metric: str, one: Figure | Reading, period: Period, last_act: int) -> Iterator[Count]:
    """What a reader has of a figure: how many cases, and how many of them reached it."""
    if period.since is None:
        raise ValueError("What is told has a window of the grid.")
    of = (metric, last_act, period.since, period.until)
    if one.events is not None:
        yield Count(*of, reached=False)
    if one.unit == "rate" and one.value is not None:
        yield Count(*of, reached=True)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where cohorts of one community are made of all its `acts`."""

    acts: ir.Table
    rules: Rules

    def cohort(self, metric: Metric, period: Period, last_act: int) -> Cohort | None:
        """By the acts up to number `last_act`; None of a metric that nothing in this release records."""
        known = without_bots(self.acts.filter(self.acts.act <= last_act))
        cohort = cohort_of(metric, known, period, self.rules)
        return Cohort(kept(cohort.cases), kept(cohort.doers)) if cohort else None

    def over(self, metric: Metric, windows: Iterable[Count | Period], last_act: int) -> Cohort:
        """What became of a case is the same in every window: the cohort is made once, over all of them."""
        known = [(one.since, one.until) for one in windows if one.since]
        since, until = min(since for since, _ in known), max(until for _, until in known)
        cohort = self.cohort(metric, Period(since, until, metric.followed(self.rules)), last_act)
        if cohort is None:
            raise LookupError(f"{metric.id} is to be told, and nothing records it.")
        return cohort
