"""What `commonplace measure` says of one community: the figures that its pages show, or, as an act, the raw ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from commonplace.communities.models import Community, Person
from commonplace.ledger import clock
from commonplace.measuring.acts import open_figures
from commonplace.measuring.as_of import default_as_of
from commonplace.measuring.cycle.words import ended_too_soon, instead
from commonplace.measuring.drafts import Desk
from commonplace.measuring.engines import acts_of, engine, rows
from commonplace.measuring.lake import export
from commonplace.measuring.measure import reading_of, without
from commonplace.measuring.metrics import DECLARED, METRICS, Metric
from commonplace.measuring.models import Figure, current
from commonplace.measuring.origins import Firsts, firsts_of, told_from
from commonplace.measuring.publish import publish
from commonplace.measuring.readings import Band, Reading, Reason, sentence
from commonplace.measuring.rules import Rules
from commonplace.measuring.windows import BadWindow, Period, Window

WHY = "the operator's analysis: the same figures that the pages show"


class UnknownCommunity(LookupError):
    """No community has this slug; the text names some that exist."""


class NothingPublished(LookupError):
    """There was no figure yet; the text says when there was."""


@dataclass(frozen=True, slots=True)
class Line:
    """A reading of its window. `ended`: what the page says of an archive that ended before its day came."""

    reading: Reading
    period: Period
    ended: str = ""

    def why(self, rules: Rules) -> str | None:
        """Why there is no value."""
        return self.ended or (self.reading.suppressed and sentence(self.reading.suppressed, rules))

    def as_json(self, rules: Rules, protected: bool) -> dict[str, Any]:
        """How many people, or practices, is told by fives: then it is the least that it can be."""
        least = {"n": protected, "events": protected and DECLARED[self.reading.id].counts_practices}
        columns = {f"{name}_at_least" if least.get(name) else name: one for name, one in self.reading.as_json().items()}
        moments = {name: getattr(self.period, name) for name in ("since", "until", "seen")}
        days = {name: at and at.isoformat() for name, at in moments.items()}
        return columns | {"suppressed": self.why(rules)} | days | {"protected": protected}


@dataclass(frozen=True, slots=True)
class Report:
    community: str
    as_of: datetime
    lines: list[Line]
    rules: Rules
    protected: bool = True

    def as_json(self) -> dict[str, Any]:
        metrics = [line.as_json(self.rules, self.protected) for line in self.lines]
        return {"community": self.community, "as_of": self.as_of.isoformat(), "metrics": metrics}


def published(slug: str, as_of: datetime | None, lake: str | Path, rules: Rules) -> Report:
    """Publishes first what has become ripe; `as_of`: what could be read then."""
    community = named(slug)
    _must_be_past(as_of)
    publish(lake, rules, community)
    until = as_of or clock.now()
    by_metric = current(Figure.objects.latest_editions(community, by=until).everywhere(WHY))
    lines = [_line(by_metric[metric.id], metric) for metric in METRICS if metric.id in by_metric]
    if not lines:
        raise NothingPublished(_none_yet(community, until))
    return Report(slug, until, lines, rules)


def unprotected(
    slug: str, window: Window, as_of: datetime | None, lake: str | Path, rules: Rules, operator: Person
) -> Report:
    """Any window, cases that may have had no time yet, however few people. It is recorded, of the time that is read,
    before any figure is."""
    community = named(slug)
    _must_be_past(as_of)
    export(lake)
    with engine() as connection:
        desk = Desk(acts_of(connection, lake, community.pk), rules)
        until = as_of or default_as_of(desk.acts)
        open_figures(operator, community, window=window, until=until)
        last_act, firsts = rows(desk.acts.aggregate(last=desk.acts.act.max()))[0]["last"], firsts_of(desk.acts)
        period = window.until(until)
        lines = [Line(_raw(desk, metric, period, last_act, firsts), period) for metric in METRICS]
    return Report(slug, until, lines, rules, protected=False)


def _raw(desk: Desk, metric: Metric, period: Period, last_act: int, firsts: Firsts) -> Reading:
    """For the reasons that hold without protection, too."""
    known = told_from(firsts, metric.reads)
    cohort = desk.cohort(metric, period, last_act) if known else None
    if cohort is None:
        return without(metric, Reason.NOT_RECORDED)
    reading = reading_of(metric, cohort)
    half = reading.value is not None or not reading.events
    return reading if half else replace(reading, suppressed=Reason.NOT_REACHED)


def _line(figure: Figure, metric: Metric) -> Line:
    names = ("unit", "formula_version", "value", "n", "events", "low", "high")
    reading = Reading(
        id=figure.metric,
        cohort=metric.cohort,
        **{name: getattr(figure, name) for name in names},
        band=Band(figure.band) if figure.band else None,
        suppressed=Reason(figure.suppressed) if figure.suppressed else None,
    )
    return Line(reading, figure.period, instead(figure) if ended_too_soon(figure) else "")


def _must_be_past(as_of: datetime | None) -> None:
    if as_of and as_of > clock.now():
        raise BadWindow(f"{as_of:%Y-%m-%d} is still to come; name a day that is past, or none.")


def _none_yet(community: Community, until: datetime) -> str:
    figures = Figure.objects.filter(community=community, metric__in=[metric.id for metric in METRICS]).everywhere(WHY)
    first = figures.order_by("computed_at").values_list("computed_at", flat=True).first()
    when = f"the first was on {first:%Y-%m-%d}" if first else "nor since"
    return f"Nothing had been published by {until:%Y-%m-%d %H:%M} UTC; {when}."


def named(slug: str) -> Community:
    if community := Community.objects.everywhere("the operator's analysis").filter(slug=slug).first():
        return community
    raise UnknownCommunity(f"There is no community {slug!r}; there are: {slugs()}.")


def slugs() -> str:
    communities = Community.objects.everywhere("the operator's analysis").order_by("slug")
    return ", ".join(communities.values_list("slug", flat=True)[:10]) or "none yet"
