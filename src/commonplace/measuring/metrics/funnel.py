"""The whole cycle: how far the exchanges of one cohort came, and where the others stopped."""

import ibis.expr.types as ir

from commonplace.measuring.cohorts import acceptances, exchanges
from commonplace.measuring.metrics.exchange import confirmed, resolution_rate
from commonplace.measuring.metrics.registry import metric, not_recorded
from commonplace.measuring.rules import Rules
from commonplace.measuring.windows import Period

metric("C1.resolved", unit="rate", cohort="opened", version=1)(resolution_rate)


@metric("C1.item", unit="rate", cohort="opened", version=1)
def distilled(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    """Exchanges resolved and then written down as (part of) a practice / exchanges opened.

    Window: opened in W. Minimum: 5 people who opened. Source: theory C1.
    """
    return _reached(acts, period, _sources(acts, period))


@metric("C1.accepted", unit="rate", cohort="opened", version=1)
def accepted(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    """Exchanges whose practice (as C1.item) the community accepted / exchanges opened.

    Window: opened in W. Minimum: 5 people who opened. Source: theory C1.
    """
    return _reached(acts, period, _accepted(acts, period))


@metric("C1.applied", unit="rate", cohort="opened", version=1)
def applied(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    """Exchanges whose practice (as C1.accepted) was then applied by one outside its exchanges / exchanges opened.

    Window: opened in W. Minimum: 5 people who opened. Source: theory C1.
    """
    agreed = _accepted(acts, period)
    reported = acts.filter(acts.verb == "application.reported", ~acts.originator)
    by_others = agreed.inner_join(
        reported, [agreed.practice == reported.subject, reported.happened_at >= agreed.accepted_at]
    )
    return _reached(acts, period, by_others)


not_recorded(
    "C1.embedded",
    unit="rate",
    cohort="opened",
    version=1,
    formula="""Exchanges whose practice (as C1.applied) a process owner confirmed as embedded / exchanges opened.

    Window: opened in W. Minimum: 5 people who opened. Source: theory C1.
    """,
)


def _reached(acts: ir.Table, period: Period, stage: ir.Table) -> ir.Table:
    opened = exchanges(acts, period)
    return opened.select("case", "person", hit=opened.case.isin(stage.case))


def _resolved(acts: ir.Table, period: Period) -> ir.Table:
    return confirmed(acts, exchanges(acts, period))


def _sources(acts: ir.Table, period: Period) -> ir.Table:
    """case, practice: the resolved exchanges and the practices distilled from them."""
    written = acts.filter(acts.verb == "practice.distilled")
    pairs = written.select(practice="subject", case=written.exchanges.unnest())
    return pairs.inner_join(_resolved(acts, period), "case").select("case", "practice")


def _accepted(acts: ir.Table, period: Period) -> ir.Table:
    """case, practice, accepted_at."""
    sources, agreed = _sources(acts, period), acceptances(acts).select(practice="case", accepted_at="began")
    return sources.inner_join(agreed, "practice").select("case", "practice", "accepted_at")
