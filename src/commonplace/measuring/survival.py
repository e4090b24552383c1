"""Kaplan-Meier by window functions: half of the cases have ended by when, open cases being censored."""

import ibis
import ibis.expr.types as ir

from commonplace.measuring.influence import between_people
from commonplace.measuring.intervals import Z95

# A product of factors that is exactly one half comes out of logarithms a hair above it.
HALF = 0.5 + 1e-12


def median(cases: ir.Table) -> ir.Table:
    """Cases (person, waited in milliseconds, ended) -> one row: n, events, and value, low, high in seconds or null.

    The first moment at which the curve (its 95 % limits: log-log of its variance between people) is one half or below.
    """
    curve = _curve(cases)
    limits = curve.aggregate(
        value=_reached(curve, curve.share), low=_reached(curve, curve.lower), high=_reached(curve, curve.upper)
    )
    return cases.aggregate(n=cases.person.nunique(), events=cases.count()).cross_join(limits)


def _reached(curve: ir.Table, column: ir.Column) -> ir.Value:
    return curve.waited.min(where=column <= HALF) / 1000


def _curve(cases: ir.Table) -> ir.Table:
    """One row a moment at which cases left: share still open, and its limits."""
    sums = between_people(cases, steps(cases))
    log = sums.log.nullif(0.0)
    spread = Z95 * sums.variance.sqrt() / log
    return sums.select(
        "waited",
        share=sums.emptied.ifelse(0.0, sums.log.exp()),
        lower=sums.emptied.ifelse(0.0, (-((-log).ln() - spread).exp()).exp()),
        upper=sums.emptied.ifelse(0.0, (-((-log).ln() + spread).exp()).exp()),
    )


def steps(cases: ir.Table) -> ir.Table:
    """Of each moment: ln S; Greenwood's variance of it; what one end more adds to it.

    `emptied` where all at risk ended: ln S is not finite.
    """
    moments = cases.group_by("waited").aggregate(ended=cases.ended.cast("int64").sum(), left=cases.count())
    from_here = ibis.window(order_by=moments.waited, preceding=0, following=None)
    risk = moments.mutate(at_risk=moments.left.sum().over(from_here))
    stay = (risk.at_risk - risk.ended).nullif(0)
    each = risk.select(
        "waited",
        emptied=risk.at_risk == risk.ended,
        log=(stay / risk.at_risk).ln().fill_null(0.0),
        greenwood=(risk.ended / (risk.at_risk * stay)).fill_null(0.0),
        an_end=(1 / stay).fill_null(0.0),
    )
    so_far = ibis.window(order_by=each.waited, preceding=None, following=0)
    return each.mutate(log=each.log.sum().over(so_far), greenwood=each.greenwood.sum().over(so_far))
