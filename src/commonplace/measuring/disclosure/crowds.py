"""Who stands behind a figure: how many, and how much of it the one who carries most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis

from commonplace.measuring.engines import rows
from commonplace.measuring.rules import Rules

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from commonplace.measuring.cohorts import Cohort


@dataclass(frozen=True, slots=True)
class Crowd:
    """`people` who did something so many `times`, and the `most` that one of them did."""

    people: int = 0
    times: int = 0
    most: int = 0

    def is_one(self, rules: Rules) -> bool:
        """Enough people to speak of, and nobody carries more than half."""
        return self.people >= rules.people and self.most * 2 <= self.times


@dataclass(frozen=True, slots=True)
class Crowds:
    """Of a cohort: who began the cases, those that reached the outcome, those that did not, and who made it."""

    began: Crowd
    reached: Crowd
    others: Crowd
    doers: Crowd


def crowds(cohort: Cohort) -> Crowds:
    parts = {row["part"]: Crowd(row["people"], row["times"], row["most"]) for row in rows(_parts(cohort))}
    return Crowds(*(parts.get(part, Crowd()) for part in ("began", "reached", "others", "doers")))


def _parts(cohort: Cohort) -> ir.Table:
    cases = cohort.cases
    outcome = reached(cases)
    named: Mapping[str, ir.Table] = {
        "began": cases,
        "reached": cases.filter(outcome),
        "others": cases.filter(~outcome),
        "doers": cohort.doers,
    }
    people = ibis.union(*(table.select("person", part=ibis.literal(part)) for part, table in named.items()))
    each = people.group_by("part", "person").aggregate(times=people.count())
    return each.group_by("part").aggregate(people=each.count(), times=each.times.sum(), most=each.times.max())


def reached(cases: ir.Table) -> ir.BooleanValue:
    """Did the case come to the outcome that its figure is about?"""
    return cases["hit"] if "hit" in cases.columns else cases["ended"]
