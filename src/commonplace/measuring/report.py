"""What `commonplace measure` says of one community: the figures that its pages show, or, as an act, the raw ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from commonplace.communities.models import Community, Person
from commonplace.ledger import clock
from commonplace.measuring.acts import open_figures
from commonplace.measuring.as_of import default_as_of
from commonplace.measuring.drafts import Desk
from commonplace.measuring.engines import acts_of, engine, rows
from commonplace.measuring.lake import export
from commonplace.measuring.measure import reading_of, without
from commonplace.measuring.metrics import METRICS, Metric
from commonplace.measuring.models import Figure, current
from commonplace.measuring.publish import publish
from commonplace.measuring.readings import Band, Reading, Reason
from commonplace.measuring.rules import Rules
from commonplace.measuring.windows import Period, Window

WHY = "the operator's analysis: the same figures that the pages show"


class UnknownCommunity(LookupError):
    """No community has this slug; the text names some that exist."""


@dataclass(frozen=True, slots=True)
class Line:
    """A reading of its window."""

    reading: Reading
    period: Period

    def as_json(self, rules: Rules) -> dict[str, Any]:
        moments = {name: getattr(self.period, name) for name in ("since", "until", "seen")}
        return self.reading.as_json(rules) | {name: at and at.isoformat() for name, at in moments.items()}


@dataclass(frozen=True, slots=True)
class Report:
    community: str
    as_of: datetime
    lines: list[Line]
    rules: Rules
    protected: bool = True

    def as_json(self) -> dict[str, Any]:
        metrics = [line.as_json(self.rules) | {"protected": self.protected} for line in self.lines]
        return {"community": self.community, "as_of": self.as_of.isoformat(), "metrics": metrics}


def published(slug: str, as_of: datetime | None, lake: str | Path, rules: Rules) -> Report:
    """Publishes first what has become ripe; `as_of`: what could be read then."""
    community = named(slug)
    publish(lake, rules, community)
    until = as_of or clock.now()
    by_metric = current(Figure.objects.latest_editions(community, by=until).everywhere(WHY))
    lines = [_line(by_metric[metric.id], metric) for metric in METRICS if metric.id in by_metric]
    return Report(slug, until, lines, rules)


def unprotected(
    slug: str, window: Window, as_of: datetime | None, lake: str | Path, rules: Rules, operator: Person
) -> Report:
    """Any window, cases that may have had no time yet, however few people. It is recorded, of the time that is read,
    before any figure is."""
    community = named(slug)
    export(lake)
    with engine() as connection:
        desk = Desk(acts_of(connection, lake, community.pk), rules)
        until = as_of or default_as_of(desk.acts)
        open_figures(operator, community, window=window, until=until)
        last_act = rows(desk.acts.aggregate(last=desk.acts.act.max()))[0]["last"]
        lines = [Line(_raw(desk, metric, window.until(until), last_act), window.until(until)) for metric in METRICS]
    return Report(slug, until, lines, rules, protected=False)


def _raw(desk: Desk, metric: Metric, period: Period, last_act: int) -> Reading:
    cohort = desk.cohort(metric, period, last_act)
    return reading_of(metric, cohort) if cohort else without(metric, Reason.NOT_RECORDED)


def _line(figure: Figure, metric: Metric) -> Line:
    names = ("unit", "formula_version", "value", "n", "events", "low", "high")
    reading = Reading(
        id=figure.metric,
        cohort=metric.cohort,
        **{name: getattr(figure, name) for name in names},
        band=Band(figure.band) if figure.band else None,
        suppressed=Reason(figure.suppressed) if figure.suppressed else None,
    )
    return Line(reading, figure.period)


def named(slug: str) -> Community:
    communities = Community.objects.everywhere("the operator's analysis")
    if community := communities.filter(slug=slug).first():
        return community
    there = ", ".join(communities.order_by("slug").values_list("slug", flat=True)[:10]) or "none yet"
    raise UnknownCommunity(f"There is no community {slug!r}; there are: {there}.")
