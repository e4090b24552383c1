"""Objectifying: how long it takes until a community accepts what was written down."""

import ibis.expr.types as ir

from commonplace.measuring.cohorts import acceptances, firsts, waits, within
from commonplace.measuring.metrics.registry import metric
from commonplace.measuring.rules import Rules
from commonplace.measuring.windows import Period


@metric("O4.from_distil", unit="seconds", cohort="distilled", version=1)
def acceptance_from_distilling(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    """Kaplan-Meier median of the time from distilling a practice to its first acceptance.

    Window: distilled in W; practices not accepted, returned or still discussed, are censored at its end.
    Minimum: 5 people who distilled, 8 practices. Source: theory O4, from T4.
    """
    return _until_accepted(acts, acts.filter(acts.verb == "practice.distilled"), period)


@metric("O4.from_propose", unit="seconds", cohort="proposed", version=1)
def acceptance_from_proposing(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    """Kaplan-Meier median of the time from the first proposal to accept a practice to its first acceptance.

    Window: first proposed in W; practices not accepted, returned or still discussed, are censored at its end.
    Minimum: 5 people who proposed, 8 practices. Source: theory O4, from T6.
    """
    proposed = acts.filter(acts.verb == "proposal.opened", acts.matter == "acceptance")
    return _until_accepted(acts, proposed, period)


def _until_accepted(acts: ir.Table, beginnings: ir.Table, period: Period) -> ir.Table:
    begun = firsts(beginnings)
    ends = acceptances(acts).select("case", ended_at="began")
    return waits(begun.filter(within(begun.began, period)), ends, period)
