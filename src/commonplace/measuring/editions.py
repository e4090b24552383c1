"""Editions of a figure over time: what a new one would tell beside those that readers already have."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

import ibis.expr.types as ir

from commonplace.communities.models import Community
from commonplace.measuring.disclosure import Contributions, may_follow, may_stand_beside
from commonplace.measuring.measure import cases_of
from commonplace.measuring.metrics import METRICS, Metric
from commonplace.measuring.models import Figure
from commonplace.measuring.readings import Reading
from commonplace.measuring.rules import Rules
from commonplace.measuring.windows import Period

WHY = "disclosure control compares editions"
COMPARED = ("metric", "value", "low", "high", "n", "events", "suppressed", "formula_version", "since", "until")


@dataclass(frozen=True, slots=True)
class Draft:
    """A metric over a period, from the acts up to number `last_act`."""

    metric: Metric
    period: Period
    last_act: int
    community: Community
    acts: ir.Table
    rules: Rules

    def figure(self, reading: Reading) -> Figure:
        return Figure(
            community=self.community,
            metric=reading.id,
            unit=reading.unit,
            span=self.metric.span,
            since=self.period.since,
            until=self.period.until,
            last_act=self.last_act,
            **{name: getattr(reading, name) for name in ("value", "low", "high", "n", "events", "formula_version")},
            suppressed=reading.suppressed or "",
        )

    def contributions(self) -> Contributions:
        """What each person adds: their cases and how those ended. Recomputed, so that nobody's part is ever stored."""
        cases = cases_of(self.metric, self.acts.filter(self.acts.act <= self.last_act), self.period, self.rules)
        parts: dict[str, set[object]] = defaultdict(set)
        for row in cases.to_pyarrow().to_pylist() if cases is not None else []:
            if row["person"]:
                parts[row["person"]].add((row["case"], _outcome(row)))
        return parts

    def part(self, figure: Figure) -> Contributions:
        """The same of an earlier figure, from what was known when it was made."""
        period = Period(figure.since, figure.until)
        return replace(self, period=period, last_act=figure.last_act).contributions()


def may_appear(draft: Draft) -> bool:
    """After its own earlier editions, and beside others that answer the same question, over times that overlap."""
    own, others = _parted(_comparable(draft), draft.metric.id)
    if not own and not others:
        return True
    contributions = draft.contributions()
    return may_follow(map(draft.part, own), contributions, draft.rules) and may_stand_beside(
        map(draft.part, others), contributions, draft.rules
    )


def _parted(figures: list[Figure], metric: str) -> tuple[list[Figure], list[Figure]]:
    return [one for one in figures if one.metric == metric], [one for one in figures if one.metric != metric]


def is_news(community: Community, figures: list[Figure]) -> bool:
    """Do they say anything that the last editions do not, and not from an earlier state of things?"""
    ids = [figure.metric for figure in figures]
    latest = list(Figure.objects.latest_editions(community).everywhere(WHY).filter(metric__in=ids))
    if max(map(_as_of, latest), default=_as_of(figures[0])) > _as_of(figures[0]):
        return False
    return {_compared(figure) for figure in figures} != {_compared(figure) for figure in latest}


def _as_of(figure: Figure) -> tuple[int, datetime]:
    return figure.last_act, figure.until


def _comparable(draft: Draft) -> list[Figure]:
    same = [metric.id for metric in METRICS if metric.cases is draft.metric.cases]
    figures = Figure.objects.everywhere(WHY).filter(community=draft.community, metric__in=same, n__gt=0)
    return list(figures.filter(since__lt=draft.period.until, until__gt=draft.period.since))


def _compared(figure: Figure) -> tuple[object, ...]:
    return tuple(getattr(figure, name) for name in COMPARED)


def _outcome(row: dict[str, object]) -> object:
    """Whether it was reached; of a wait also how long, once it has ended: an open one grows for everybody alike."""
    return row["hit"] if "hit" in row else (row["waited"] if row["ended"] else None)
