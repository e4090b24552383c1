"""Every metric of one community in one window, through disclosure control: there is no other way out."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import ibis.expr.types as ir

from commonplace.measuring.disclosure import release
from commonplace.measuring.intervals import wilson
from commonplace.measuring.metrics import METRICS, Metric
from commonplace.measuring.readings import Reading, Reason
from commonplace.measuring.rules import Rules
from commonplace.measuring.shares import proportion
from commonplace.measuring.survival import median
from commonplace.measuring.windows import Period


def measure(acts: ir.Table, period: Period, rules: Rules, metrics: Iterable[Metric] = METRICS) -> list[Reading]:
    """`acts` are those of one community; none after the period counts."""
    return release([_read(metric, acts, period, rules) for metric in metrics], rules)


def cases_of(metric: Metric, acts: ir.Table, period: Period, rules: Rules) -> ir.Table | None:
    """The cases behind a figure, with their people: for computing and for disclosure control, never shown."""
    if metric.cases is None:
        return None
    verbs = [source.verb for source in metric.reads]
    return metric.cases(acts.filter(acts.happened_at <= period.until, acts.verb.isin(verbs)), period, rules)


def _read(metric: Metric, acts: ir.Table, period: Period, rules: Rules) -> Reading:
    blank = Reading(metric.id, metric.unit, metric.cohort, metric.formula_version)
    cases = cases_of(metric, acts, period, rules)
    if cases is None:
        return replace(blank, suppressed=Reason.NOT_RECORDED)
    figures = _wait(cases) if metric.unit == "seconds" else _rate(cases)
    return replace(blank, **figures)


def _wait(cases: ir.Table) -> dict[str, Any]:
    return _row(median(cases))


def _rate(cases: ir.Table) -> dict[str, Any]:
    row = _row(proportion(cases))
    hits, events = row.pop("hits"), row["events"]
    low, high = wilson(hits, events) if events else (None, None)
    return row | {"value": hits / events if events else None, "low": low, "high": high}


def _row(table: ir.Table) -> dict[str, Any]:
    row: dict[str, Any] = table.to_pyarrow().to_pylist()[0]
    return row
