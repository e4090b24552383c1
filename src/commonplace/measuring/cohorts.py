"""The tables that several metrics start from: what began in a period, and what first happened to it."""

from datetime import datetime

import ibis
import ibis.expr.types as ir

from commonplace.measuring.windows import Period


def within(column: ir.Column, period: Period) -> ir.BooleanValue:
    before = column <= moment(period.until)
    return before if period.since is None else before & (column > moment(period.since))


def moment(at: datetime) -> ir.TimestampScalar:
    return ibis.literal(at, type="timestamp('UTC')")


def exchanges(acts: ir.Table, period: Period) -> ir.Table:
    """Exchanges opened in the period: case, person (who opened it), began, kind."""
    opened = acts.filter(acts.verb == "exchange.opened", within(acts.happened_at, period))
    return opened.select("kind", case="subject", person="actor", began="happened_at")


def firsts(acts: ir.Table) -> ir.Table:
    """Of acts on the same subjects, the earliest of each: case, person, began."""
    earliest = acts.group_by(case=acts.subject)
    order = (acts.happened_at, acts.act)
    return earliest.aggregate(person=acts.actor.first(order_by=order), began=acts.happened_at.min())


def acceptances(acts: ir.Table) -> ir.Table:
    """The first acceptance of each practice by its community."""
    decided = acts.verb == "proposal.decided"
    return firsts(acts.filter(decided, acts.matter == "acceptance", acts.outcome == "accepted"))


def waits(cases: ir.Table, ends: ir.Table, period: Period) -> ir.Table:
    """Cases (case, person, began) and their ends (case, ended_at) -> person, case, waited in milliseconds, ended."""
    joined = cases.left_join(ends, "case").select("case", "person", "began", "ended_at")
    end = joined.ended_at.fill_null(moment(period.until))
    passed = _milliseconds(end) - _milliseconds(joined.began)
    return joined.select("case", "person", waited=ibis.greatest(passed, 0), ended=joined.ended_at.notnull())


def _milliseconds(column: ir.TimestampValue) -> ir.IntegerValue:
    """Whole numbers, so that equal waits stay equal; truncated first, as engines differ on an epoch's fraction."""
    return column.truncate("s").epoch_seconds().cast("int64") * 1000 + column.millisecond().cast("int64")
