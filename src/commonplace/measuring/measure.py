"""A metric of one community in one window, as it is: what may be told of it, disclosure control decides."""

from typing import Any

import ibis.expr.types as ir

from commonplace.measuring.cohorts import Cohort
from commonplace.measuring.engines import rows
from commonplace.measuring.intervals import clustered
from commonplace.measuring.metrics import Metric
from commonplace.measuring.origins import known_until
from commonplace.measuring.readings import Reading, Reason
from commonplace.measuring.rules import Rules
from commonplace.measuring.shares import proportion
from commonplace.measuring.survival import median
from commonplace.measuring.windows import Period


def reading_of(metric: Metric, cohort: Cohort) -> Reading:
    figures = _wait(cohort.cases) if metric.unit == "seconds" else _rate(cohort.cases)
    return Reading(metric.id, metric.unit, metric.cohort, metric.formula_version, **figures)


def without(metric: Metric, why: Reason) -> Reading:
    return Reading(metric.id, metric.unit, metric.cohort, metric.formula_version, suppressed=why)


def cohort_of(metric: Metric, acts: ir.Table, period: Period, rules: Rules) -> Cohort | None:
    """The cases behind a figure, with their people: for computing and for disclosure control, never shown."""
    if metric.cases is None:
        return None
    verbs = [source.verb for source in metric.reads]
    seen = acts.filter(acts.happened_at <= period.seen, acts.verb.isin(verbs))
    return metric.cases(known_until(seen, acts, period.seen), period, rules)


def _wait(cases: ir.Table) -> dict[str, Any]:
    return _row(median(cases))


def _rate(cases: ir.Table) -> dict[str, Any]:
    row = _row(proportion(cases))
    n, hits, events = row.pop("n"), row["hits"], row["events"]
    low, high = clustered(**row) if events else (None, None)
    return {"n": n, "events": events, "value": hits / events if events else None, "low": low, "high": high}


def _row(table: ir.Table) -> dict[str, Any]:
    return rows(table)[0]
