"""Internalizing: how long until somebody else uses what was accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from commonplace.measuring.cohorts import acceptances, waits, within
from commonplace.measuring.grid import Span
from commonplace.measuring.metrics.registry import Counted, Metric, Phase
from commonplace.measuring.rules import Rules
from commonplace.measuring.sources import DECIDED, REPORTED
from commonplace.measuring.windows import Period

if TYPE_CHECKING:
    import ibis.expr.types as ir


@Metric(
    id="N3",
    name=_("agreed to first use by another, half within"),
    unit="seconds",
    phase=Phase.INTERNALIZING,
    span=Span.MONTHS,
    counts=Counted.PRACTICES,
    cohort="accepted",
    formula_version=1,
    reads=(DECIDED, REPORTED),
)
def first_application(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    """Kaplan-Meier median of the time from a practice's first acceptance to its first application since
    by a non-author.

    Window: accepted in W; practices nobody else has applied since are censored at its end.
    Minimum: 5 people who were first to apply one, 8 practices. Source: theory N3.
    """
    accepted = acceptances(acts)
    accepted = accepted.filter(within(accepted.began, period)).select("case", "began")
    first = _first_by_others(acts, accepted)
    cases = accepted.left_join(first, "case").select("case", "began", "person")
    return waits(cases, first.select("case", "ended_at"), period)


def _first_by_others(acts: ir.Table, accepted: ir.Table) -> ir.Table:
    """Of each accepted practice: case, ended_at and person of the first application by one who is not its author."""
    reported = REPORTED.of(acts)
    reported = reported.filter(~reported.by_author)
    since = accepted.inner_join(reported, [accepted.case == reported.subject, reported.happened_at >= accepted.began])
    order = (since.happened_at, since.act)
    return since.group_by("case").aggregate(ended_at=since.happened_at.min(), person=since.actor.first(order_by=order))
