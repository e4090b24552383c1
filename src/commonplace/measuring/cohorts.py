"""What metrics start from: what began in a period, what it came to within the time that each has, and through whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from commonplace.measuring.sources import OPENED
from commonplace.measuring.windows import Period

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True, slots=True)
class Cohort:
    """`cases`: case, person who began it, began; of a rate hit; of a wait waited, in milliseconds, and ended.

    `doers`: case, person; whose acts made it hit or end, each once, and of no other case.
    """

    cases: ir.Table
    doers: ir.Table


def rate(begun: ir.Table, reached: ir.Table, doers: ir.Table) -> Cohort:
    """Cases (case, person, began), of which those in `reached` (case) hit."""
    hits = reached.select("case").distinct().mutate(reached=True)
    joined = begun.left_join(hits, "case")
    cases = joined.select("case", "person", "began", hit=joined.reached.fill_null(False))
    return Cohort(cases, doers.select("case", "person").distinct())


def wait(begun: ir.Table, ends: ir.Table, doers: ir.Table) -> Cohort:
    """Cases (case, person, began, known_until) until their ends (case, ended_at), or as long as is known of them.

    What an archive brought may end here, years later: nobody waited so long, and of the time between nothing is known.
    """
    joined = begun.left_join(ends.select("case", "ended_at"), "case")
    ended = (joined.ended_at <= joined.known_until).fill_null(False)
    passed = _milliseconds(ended.ifelse(joined.ended_at, joined.known_until)) - _milliseconds(joined.began)
    cases = joined.select("case", "person", "began", waited=passed.clip(lower=0), ended=ended)
    through = doers.semi_join(cases.filter(cases.ended), "case")
    return Cohort(cases, through.select("case", "person").distinct())


def narrowed(cohort: Cohort, period: Period) -> Cohort:
    """The part of a wider cohort that began in the period, as it was at the last moment that is seen of it."""
    import ibis

    cases = began_in(cohort.cases, period)
    if "ended" in cases.columns:
        most = _milliseconds(ibis.literal(period.seen)) - _milliseconds(cases.began)
        ended, waited = cases.ended & (cases.waited <= most), ibis.least(cases.waited, most)
        cases = cases.mutate(ended=ended, waited=waited)
    reached = cases.filter(cases["ended" if "ended" in cases.columns else "hit"])
    return Cohort(cases, cohort.doers.semi_join(reached, "case"))


def began_in(begun: ir.Table, period: Period) -> ir.Table:
    before = begun.filter(begun.began <= period.until)
    return before if period.since is None else before.filter(before.began > period.since)


def had(begun: ir.Table, limit: timedelta, period: Period) -> ir.Table:
    """Those that have had so much time, and as much as their window is followed, while their origin told what happens:
    what had no time to happen, or could not be told, is not what did not happen. Nor is it left in where it did happen,
    or only what is not known would be missing."""
    return begun.filter(begun.began + _lasting(max(limit, period.followed)) <= begun.known_until)


def within(steps: ir.Table, limit: timedelta) -> ir.Table:
    """Of steps (began, happened_at), those that happened so soon after their case began."""
    return steps.filter(steps.happened_at <= steps.began + _lasting(limit))


def exchanges(acts: ir.Table, period: Period) -> ir.Table:
    """Opened in the period: case, person (who opened it), began, known_until, kind."""
    opened = OPENED.begun(acts).select("kind", "known_until", case="subject", person="actor", began="happened_at")
    return began_in(opened, period)


def earliest(rows: ir.Table, *of: str) -> ir.Table:
    """Of each case (or whatever is named) the first row, by when it happened and then by when it was recorded."""
    return _turn(rows, of or ("case",), [rows.happened_at, rows.act])


def latest(rows: ir.Table, *of: str) -> ir.Table:
    return _turn(rows, of, [rows.happened_at.desc(), rows.act.desc()])


def _turn(rows: ir.Table, of: tuple[str, ...], order: list[ir.Value]) -> ir.Table:
    """By a row number: not every engine has an ordered `first`."""
    import ibis

    numbered = rows.mutate(turn=ibis.row_number().over(ibis.window(group_by=list(of), order_by=order)))
    return numbered.filter(numbered.turn == 0).drop("turn")


def _lasting(limit: timedelta) -> ir.IntervalScalar:
    """In seconds: a day of an engine's own time zone may have 23 or 25 hours."""
    import ibis

    return ibis.interval(seconds=int(limit.total_seconds()))


def _milliseconds(column: ir.TimestampValue) -> ir.IntegerValue:
    """Whole numbers, so that equal waits stay equal; truncated first, as engines differ on an epoch's fraction."""
    return column.truncate("s").epoch_seconds().cast("int64") * 1000 + column.millisecond().cast("int64")
