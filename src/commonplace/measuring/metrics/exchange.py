"""Externalizing: is there an answer, how soon, and did it help."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from commonplace.externalizing.models import GIVEN
from commonplace.measuring.cohorts import exchanges, waits
from commonplace.measuring.grid import Span
from commonplace.measuring.metrics.registry import Counted, Metric, Phase
from commonplace.measuring.rules import Rules
from commonplace.measuring.sources import CONFIRMED, OPENED, RESPONDED, Source
from commonplace.measuring.windows import Period

if TYPE_CHECKING:
    import ibis.expr.types as ir

metric = partial(Metric, phase=Phase.EXTERNALIZING, span=Span.WEEKS, counts=Counted.EXCHANGES, formula_version=1)


@metric(
    id="X2",
    name=_("answered by another within a week"),
    unit="rate",
    cohort="answerable",
    reads=(OPENED, RESPONDED),
)
def answer_rate(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    """Exchanges that another person responded to within d = 7 days / exchanges opened.

    Window: opened in W, and at least d before its end. Answers and comments both count.
    Minimum: 5 people who opened. Source: theory X2.
    """
    opened = exchanges(acts, period)
    asked = opened.filter(opened.began <= period.until - rules.answer_within)
    first = asked.left_join(first_responses(acts, asked), "case").select("case", "person", "began", "ended_at")
    soon = first.ended_at <= first.began + rules.answer_within
    return first.select("case", "person", hit=soon.fill_null(False))


@metric(
    id="X3",
    name=_("first response, half within"),
    unit="seconds",
    cohort="opened",
    reads=(OPENED, RESPONDED),
)
def first_response(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    """Kaplan-Meier median of the time from opening an exchange to the first response by another person.

    Window: opened in W; open cases are censored at its end. Answers and comments both count.
    Minimum: 5 people who opened, 8 exchanges. Source: theory X3.
    """
    opened = exchanges(acts, period)
    return waits(opened, first_responses(acts, opened), period)


@metric(
    id="X4",
    name=_("helped, says who asked"),
    unit="rate",
    cohort="opened",
    reads=(OPENED, CONFIRMED),
)
def resolution_rate(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    """Exchanges confirmed to have helped, by their asker (an offer or a story: by a taker) / exchanges opened.

    Window: opened in W. No confirmation is not a failure: it is unknown.
    Minimum: 5 people who opened. Source: theory X4, C1.
    """
    opened = exchanges(acts, period)
    return opened.select("case", "person", hit=opened.case.isin(confirmed(acts, opened).case))


def first_responses(acts: ir.Table, opened: ir.Table) -> ir.Table:
    """Of each exchange that another person responded to: case, ended_at."""
    by_others = _acts_on(acts, opened, RESPONDED).filter(lambda row: row.actor != row.person)
    return by_others.group_by("case").aggregate(ended_at=by_others.happened_at.min())


def confirmed(acts: ir.Table, opened: ir.Table) -> ir.Table:
    """The exchanges of `opened` that the one who can tell confirmed (T3)."""
    confirmations = _acts_on(acts, opened, CONFIRMED)
    given = confirmations.kind.isin([kind.value for kind in GIVEN]).fill_null(False)
    return confirmations.filter((confirmations.actor == confirmations.person) != given).select("case").distinct()


def _acts_on(acts: ir.Table, opened: ir.Table, source: Source) -> ir.Table:
    named = source.of(acts)
    return opened.inner_join(named, opened.case == named.subject).select(
        "case", "person", "kind", "actor", "happened_at"
    )
