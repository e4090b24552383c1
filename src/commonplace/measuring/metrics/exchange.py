"""Externalizing: is there an answer, how soon, and did it help."""

import ibis.expr.types as ir

from commonplace.measuring.cohorts import exchanges, moment, waits
from commonplace.measuring.metrics.registry import metric
from commonplace.measuring.rules import Rules
from commonplace.measuring.windows import Period


@metric("X2", unit="rate", cohort="answerable", version=1)
def answer_rate(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    """Exchanges that another person responded to within d = 7 days / exchanges opened.

    Window: opened in W, and at least d before its end. Answers and comments both count.
    Minimum: 5 people who opened. Source: theory X2.
    """
    opened = exchanges(acts, period)
    asked = opened.filter(opened.began <= moment(period.until - rules.answer_within))
    first = asked.left_join(first_responses(acts, asked), "case").select("case", "person", "began", "ended_at")
    soon = first.ended_at <= first.began + rules.answer_within
    return first.select("case", "person", hit=soon.fill_null(False))


@metric("X3", unit="seconds", cohort="opened", version=1)
def first_response(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    """Kaplan-Meier median of the time from opening an exchange to the first response by another person.

    Window: opened in W; open cases are censored at its end. Answers and comments both count.
    Minimum: 5 people who opened, 8 exchanges. Source: theory X3.
    """
    opened = exchanges(acts, period)
    return waits(opened, first_responses(acts, opened), period)


@metric("X4", unit="rate", cohort="opened", version=1)
def resolution_rate(acts: ir.Table, period: Period, rules: Rules) -> ir.Table:
    """Exchanges confirmed to have helped, by their asker (an offer or a story: by a taker) / exchanges opened.

    Window: opened in W. No confirmation is not a failure: it is unknown.
    Minimum: 5 people who opened. Source: theory X4, C1.
    """
    opened = exchanges(acts, period)
    return opened.select("case", "person", hit=opened.case.isin(confirmed(acts, opened).case))


def first_responses(acts: ir.Table, opened: ir.Table) -> ir.Table:
    """Of each exchange that another person responded to: case, ended_at."""
    by_others = _acts_on(acts, opened, "exchange.responded").filter(lambda row: row.actor != row.person)
    return by_others.group_by("case").aggregate(ended_at=by_others.happened_at.min())


def confirmed(acts: ir.Table, opened: ir.Table) -> ir.Table:
    """The exchanges of `opened` that the one who can tell confirmed (T3)."""
    confirmations = _acts_on(acts, opened, "exchange.confirmed")
    given = confirmations.kind.isin(["offer", "story"]).fill_null(False)
    return confirmations.filter((confirmations.actor == confirmations.person) != given).select("case").distinct()


def _acts_on(acts: ir.Table, opened: ir.Table, verb: str) -> ir.Table:
    named = acts.filter(acts.verb == verb)
    return opened.inner_join(named, opened.case == named.subject).select(
        "case", "person", "kind", "actor", "happened_at"
    )
