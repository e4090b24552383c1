"""The tables that several metrics start from: what began in a period, and what first happened to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commonplace.measuring.sources import DECIDED, OPENED
from commonplace.measuring.windows import Period
from commonplace.objectifying.status import Matter, Outcome

if TYPE_CHECKING:
    import ibis.expr.types as ir


def within(column: ir.TimestampColumn, period: Period) -> ir.BooleanValue:
    before = column <= period.until
    return before if period.since is None else before & (column > period.since)


def exchanges(acts: ir.Table, period: Period) -> ir.Table:
    """Exchanges opened in the period: case, person (who opened it), began, kind."""
    opened = OPENED.of(acts)
    opened = opened.filter(within(opened.happened_at, period))
    return opened.select("kind", case="subject", person="actor", began="happened_at")


def firsts(acts: ir.Table) -> ir.Table:
    """Of acts on the same subjects, the earliest of each: case, person, began."""
    earliest = acts.group_by(case=acts.subject)
    order = (acts.happened_at, acts.act)
    return earliest.aggregate(person=acts.actor.first(order_by=order), began=acts.happened_at.min())


def about_acceptance(rounds: ir.Table) -> ir.Table:
    return rounds.filter(rounds.matter == Matter.ACCEPTANCE.value)


def acceptances(acts: ir.Table) -> ir.Table:
    """The first acceptance of each practice by its community."""
    decided = about_acceptance(DECIDED.of(acts))
    return firsts(decided.filter(decided.outcome == Outcome.ACCEPTED.value))


def waits(cases: ir.Table, ends: ir.Table, period: Period) -> ir.Table:
    """Cases (case, person, began) and their ends (case, ended_at) -> person, case, waited in milliseconds, ended."""
    joined = cases.left_join(ends, "case").select("case", "person", "began", "ended_at")
    passed = _milliseconds(joined.ended_at.fill_null(period.until)) - _milliseconds(joined.began)
    return joined.select("case", "person", waited=passed.clip(lower=0), ended=joined.ended_at.notnull())


def _milliseconds(column: ir.TimestampValue) -> ir.IntegerValue:
    """Whole numbers, so that equal waits stay equal; truncated first, as engines differ on an epoch's fraction."""
    return column.truncate("s").epoch_seconds().cast("int64") * 1000 + column.millisecond().cast("int64")
