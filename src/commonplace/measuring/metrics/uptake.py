"""Internalizing: how long until somebody else uses what was accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from commonplace.measuring.acceptances import acceptances
from commonplace.measuring.cohorts import Cohort, began_in, earliest, wait
from commonplace.measuring.grid import Span
from commonplace.measuring.metrics.registry import Metric, Phase
from commonplace.measuring.rules import Rules
from commonplace.measuring.sources import DECIDED, DISTILLED, REPORTED
from commonplace.measuring.windows import Period

if TYPE_CHECKING:
    import ibis.expr.types as ir


@Metric(
    id="N3",
    name=_("agreed to first use by another, half within"),
    unit="seconds",
    phase=Phase.INTERNALIZING,
    span=Span.QUARTERS,
    follows="use_within",
    cohort="accepted",
    formula_version=1,
    reads=(DISTILLED, DECIDED, REPORTED),
)
def first_application(acts: ir.Table, period: Period, rules: Rules) -> Cohort:
    """Kaplan-Meier median of the time from a practice's first acceptance to its first application since
    by a non-author.

    Window: accepted in W; practices nobody else has applied since are censored at the last moment known,
    of an archive that agreed on them at its end.
    Shows: who distilled; who was first to apply. Minimum: 5 people of each, 8 practices. Source: theory N3.
    """
    accepted = began_in(_accepted(acts), period)
    first = _first_by_others(acts, accepted)
    return wait(accepted, first.select("case", ended_at="happened_at"), first)


def _accepted(acts: ir.Table) -> ir.Table:
    """case, person (its scribe), began."""
    scribes = earliest(DISTILLED.of(acts), "subject").select(case="subject", person="actor")
    agreed = acceptances(acts).select("known_until", case="practice", began="agreed_at")
    return agreed.inner_join(scribes, "case").select("case", "person", "began", "known_until")


def _first_by_others(acts: ir.Table, accepted: ir.Table) -> ir.Table:
    """Of each accepted practice, the first application by one who is not its author."""
    reported = REPORTED.of(acts)
    by_others = reported.filter(~reported.by_author).select("happened_at", "act", case="subject", person="actor")
    used = accepted.select("case", "began").inner_join(by_others, "case")
    return earliest(used.filter(used.happened_at >= used.began))
