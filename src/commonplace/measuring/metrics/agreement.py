"""Objectifying: how long it takes until a community accepts what was written down."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from commonplace.measuring.acceptances import about_acceptance, acceptances, consenters
from commonplace.measuring.cohorts import Cohort, began_in, earliest, wait
from commonplace.measuring.grid import Span
from commonplace.measuring.metrics.registry import Metric, Phase
from commonplace.measuring.rules import Rules
from commonplace.measuring.sources import AMENDED, DECIDED, DISTILLED, PROPOSED, STANCE
from commonplace.measuring.windows import Period

if TYPE_CHECKING:
    import ibis.expr.types as ir

metric = partial(
    Metric,
    phase=Phase.OBJECTIFYING,
    span=Span.QUARTERS,
    follows="agree_within",
    unit="seconds",
    formula_version=1,
)


@metric(
    id="O4.from_distil",
    name=_("written down to agreed, half within"),
    cohort="distilled",
    reads=(DISTILLED, STANCE, AMENDED, DECIDED),
)
def acceptance_from_distilling(acts: ir.Table, period: Period, rules: Rules) -> Cohort:
    """Kaplan-Meier median of the time from distilling a practice to its first acceptance.

    Window: distilled in W; practices not accepted, returned or still discussed, are censored at the last moment known,
    of an archive at its end.
    Shows: who distilled; who consented. Minimum: 5 people of each, 8 practices. Source: theory O4, from T4.
    """
    return _until_accepted(acts, DISTILLED.begun(acts), period)


@metric(
    id="O4.from_propose",
    name=_("proposed to agreed, half within"),
    cohort="proposed",
    reads=(PROPOSED, STANCE, AMENDED, DECIDED),
)
def acceptance_from_proposing(acts: ir.Table, period: Period, rules: Rules) -> Cohort:
    """Kaplan-Meier median of the time from the first proposal to accept a practice to its first acceptance.

    Window: first proposed in W; practices not accepted, returned or still discussed, are censored at the last
    moment known, of an archive at its end.
    Shows: who first proposed; who consented. Minimum: 5 people of each, 8 practices. Source: theory O4, from T6.
    """
    return _until_accepted(acts, about_acceptance(PROPOSED.begun(acts)), period)


def _until_accepted(acts: ir.Table, beginnings: ir.Table, period: Period) -> Cohort:
    first = earliest(beginnings, "subject")
    begun = began_in(first.select("known_until", case="subject", person="actor", began="happened_at"), period)
    accepted = acceptances(acts)
    ends = accepted.select(case="practice", ended_at="agreed_at")
    return wait(begun, ends, consenters(acts, accepted).rename(case="practice"))
