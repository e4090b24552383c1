"""Figures as they are, before any disclosure control."""

from collections.abc import Iterable

import ibis.expr.types as ir

from commonplace.measuring.measure import cohort_of, reading_of, without
from commonplace.measuring.metrics import METRICS, Metric
from commonplace.measuring.readings import Reading, Reason
from commonplace.measuring.rules import Rules
from commonplace.measuring.windows import Period


def measure(acts: ir.Table, period: Period, rules: Rules, metrics: Iterable[Metric] = METRICS) -> list[Reading]:
    """`acts` are those of one community, without bots."""
    cohorts = [(metric, cohort_of(metric, acts, period, rules)) for metric in metrics]
    return [reading_of(one, cohort) if cohort else without(one, Reason.NOT_RECORDED) for one, cohort in cohorts]
