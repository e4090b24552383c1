"""A metric: all that is said of it, in one place, and the function that finds its cases. No engine is needed here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from commonplace.measuring.grid import Span
from commonplace.measuring.rules import Rules
from commonplace.measuring.sources import Source
from commonplace.measuring.windows import Period

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from commonplace.measuring.cohorts import Cohort

Unit = Literal["seconds", "rate"]
Follows = Literal["help_within", "agree_within", "use_within", "cycle_within"]
Cases = Callable[["ir.Table", Period, Rules], "Cohort"]


class Phase(StrEnum):
    """In the order in which figures are read; the values are the names of the phases' colours."""

    EXTERNALIZING = "ext"
    OBJECTIFYING = "obj"
    INTERNALIZING = "int"


FUNNELS = CYCLE, BROUGHT_IN = "cycle", "brought"
"""Their cohorts."""
PRACTICES = ("distilled", "proposed", "accepted", BROUGHT_IN)
"""Cohorts of practices. How many these are is told by fives: most were made of exchanges, which are counted, too."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Of a funnel: `words` for those that came so far; `lost` where most of those before did not."""

    words: Any
    lost: Any = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Metric:
    """`cases`: acts -> the cohort; None: no acts yet. `reads`: it sees the acts of these verbs and no other.

    `name` stands alone. `span`: over which it is published. `follows`: the rule that says how long after its window
    what happens still counts. Figures of one `cohort` are about the same cases.
    """

    id: str
    name: Any
    unit: Unit
    phase: Phase
    span: Span
    follows: Follows
    cohort: str
    formula_version: int
    reads: tuple[Source, ...]
    stage: Stage | None = None
    formula: str = ""
    cases: Cases | None = None

    def __call__(self, cases: Cases) -> Metric:
        """As the decorator of the function that finds the cases; its docstring is the formula."""
        return declared(replace(self, cases=cases, formula=cases.__doc__ or ""))

    @property
    def counts_practices(self) -> bool:
        return self.cohort in PRACTICES

    def followed(self, rules: Rules) -> timedelta:
        limit: timedelta = getattr(rules, self.follows)
        return limit


DECLARED: dict[str, Metric] = {}


def declared(metric: Metric) -> Metric:
    if metric.id in DECLARED:
        raise ValueError(f"The metric {metric.id} is declared twice.")
    return DECLARED.setdefault(metric.id, metric)


def in_reading_order() -> tuple[Metric, ...]:
    """Phase by phase, and then the stages of the funnels, each in its own order."""
    phases = list(Phase)
    stages = sorted((one for one in DECLARED.values() if one.stage), key=lambda one: FUNNELS.index(one.cohort))
    others = (one for one in DECLARED.values() if not one.stage)
    return (*sorted(others, key=lambda one: phases.index(one.phase)), *stages)
