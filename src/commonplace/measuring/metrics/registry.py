"""A metric: an id, a unit, a version of its formula, and the function that finds its cases."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import ibis.expr.types as ir

from commonplace.measuring.rules import Rules
from commonplace.measuring.windows import Period

Unit = Literal["seconds", "rate"]
Cases = Callable[[ir.Table, Period, Rules], ir.Table]


@dataclass(frozen=True, slots=True)
class Metric:
    """`cases`: acts -> (case, person, hit) of a rate, (case, person, waited, ended) of a wait; None: no acts yet."""

    id: str
    unit: Unit
    cohort: str
    formula_version: int
    formula: str
    cases: Cases | None


DECLARED: dict[str, Metric] = {}


def metric(metric_id: str, *, unit: Unit, cohort: str, version: int) -> Callable[[Cases], Cases]:
    def declare(cases: Cases) -> Cases:
        DECLARED[metric_id] = Metric(metric_id, unit, cohort, version, cases.__doc__ or "", cases)
        return cases

    return declare


def not_recorded(metric_id: str, *, unit: Unit, cohort: str, version: int, formula: str) -> None:
    """Name a metric whose acts do not exist yet, so that it says so itself."""
    DECLARED[metric_id] = Metric(metric_id, unit, cohort, version, formula, None)
