"""The groups of cases that no count tells apart: what a reader who solves all counts together could reach at best."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from hashlib import sha256
from itertools import pairwise
from operator import xor
from typing import TYPE_CHECKING, Any

import ibis

from commonplace.measuring.disclosure.crowds import Crowd, reached
from commonplace.measuring.engines import rows
from commonplace.measuring.engines.functions import bit_xor
from commonplace.measuring.metrics import DECLARED
from commonplace.measuring.rules import Rules

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from commonplace.measuring.cohorts import Cohort

BEGAN = "began"
BEGINNERS = {
    **{"opened": "asker", "cycle": "asker", "distilled": "scribe", "accepted": "scribe", "proposed": "proposer"},
    "brought": "bringer",
}


@dataclass(frozen=True, slots=True)
class Count:
    """A number that is told, or may be: of a metric's cases that began after `since` up to `until`, as the acts up to
    number `last_act` say, all of them, or those that `reached` the outcome; it then shows those who made it, too."""

    metric: str
    last_act: int
    since: datetime
    until: datetime
    reached: bool

    @property
    def of(self) -> str:
        """The name of the cohort that it is counted in."""
        return f"{self.metric} {self.last_act}"

    @property
    def number(self) -> int:
        """Fits a signed 64-bit column; that two sets of counts meet in one number is as likely as guessing it."""
        return int.from_bytes(sha256(repr(self).encode()).digest()[:8]) >> 1

    @property
    def begun(self) -> str:
        """The role of those who began its cases: of a practice, its scribe, or who proposed it."""
        return f"{BEGAN} {BEGINNERS[DECLARED[self.metric].cohort]}"

    @property
    def role(self) -> str:
        """Of those whom it shows: who began, or who made the outcome."""
        return self.of if self.reached else self.begun

    def has(self, began: datetime, has_reached: bool) -> bool:
        return self.since < began <= self.until and (has_reached or not self.reached)


@dataclass(slots=True)
class Group:
    """Cases that are in these counts and in no other; in each role, how many of them each person has."""

    counts: frozenset[Count] = frozenset()
    roles: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def begun(self) -> list[Counter[str]]:
        """Who began its cases, in each of the ways in which they are counted."""
        return [people for role, people in self.roles.items() if role.startswith(BEGAN)]

    def shown_by(self, counts: Collection[Count]) -> Group:
        """As these counts show its people, if they count it at all."""
        roles = {*roles_of(self.counts.intersection(counts))}
        return Group(self.counts, {role: people for role, people in self.roles.items() if role in roles})

    def is_one(self, rules: Rules) -> bool:
        """In every role, enough people to speak of, and nobody carries more than half."""
        return all(crowd(people).is_one(rules) for people in self.roles.values())


def roles_of(counts: Iterable[Count]) -> Iterator[str]:
    """In which people are shown by these counts."""
    for one in counts:
        yield from (one.begun, one.role)


def crowd(people: Counter[str]) -> Crowd:
    return Crowd(len(people), people.total(), max(people.values(), default=0))


def merged(groups: Iterable[Group], counts: Collection[Count]) -> list[Group]:
    """As they are told apart, and as people are shown, by these counts alone."""
    made: dict[frozenset[Count], Group] = {}
    for group in groups:
        if those := group.counts.intersection(counts):
            one = made.setdefault(those, Group(those))
            for role in {*roles_of(those)} & group.roles.keys():
                one.roles.setdefault(role, Counter()).update(group.roles[role])
    return list(made.values())


def groups_of(counts: Sequence[Count], cohorts: Mapping[str, Cohort]) -> list[Group]:
    """`cohorts`: those that the counts are `of`, over all of their time. A case's group is the exclusive-or of the
    numbers of its counts: one pass, however many there are."""
    by_cohort = {name: [one for one in counts if one.of == name] for name in {one.of for one in counts}}
    if not by_cohort:
        return []
    cases = {name: _cases(cohorts[name]) for name in by_cohort}
    marks = ibis.union(*(_marked(cases[name], those) for name, those in by_cohort.items()))
    of_case = marks.group_by("case").aggregate(group=bit_xor(marks.mark))
    of_case = of_case.filter(of_case.group != 0)
    made: dict[int, Group] = defaultdict(Group)
    for row in rows(_examples(of_case, cases)):
        there = (one for one in by_cohort[row["of"]] if one.has(row["began"], row["reached"]))
        made[row["group"]].counts |= frozenset(there)
    for row in rows(_people(of_case, cases, cohorts, counts)):
        made[row["group"]].roles.setdefault(row["role"], Counter())[row["person"]] = row["times"]
    return list(made.values())


def _cases(cohort: Cohort) -> ir.Table:
    cases = cohort.cases
    return cases.select("case", "person", "began", reached=reached(cases))


def _marked(cases: ir.Table, counts: Sequence[Count]) -> ir.Table:
    """By the steps between the limits of all windows: in each, the same counts have a case."""
    limits = sorted({limit for one in counts for limit in (one.since, one.until)})
    steps = ibis.memtable([_step(*limits, counts) for limits in pairwise(limits)])
    inside = cases.inner_join(steps, [cases.began > steps.since, cases.began <= steps.until])
    return inside.select("case", mark=inside.reached.ifelse(inside.of_reached, inside.of_others))


def _step(since: datetime, until: datetime, counts: Sequence[Count]) -> dict[str, Any]:
    def mark(has_reached: bool) -> int:
        return reduce(xor, (one.number for one in counts if one.has(until, has_reached)), 0)

    return {"since": since, "until": until, "of_reached": mark(True), "of_others": mark(False)}


def _examples(of_case: ir.Table, cases: Mapping[str, ir.Table]) -> ir.Table:
    """Of each group one case, as each cohort has it."""
    one_of_each = of_case.group_by("group").aggregate(case=of_case.case.min())
    every = ibis.union(*(one.select("case", "began", "reached", of=ibis.literal(name)) for name, one in cases.items()))
    return one_of_each.inner_join(every, "case").select("group", "of", "began", "reached")


def _people(
    of_case: ir.Table, cases: Mapping[str, ir.Table], cohorts: Mapping[str, Cohort], counts: Iterable[Count]
) -> ir.Table:
    """In the role of those who began, or, of those who made an outcome, in the role of their cohort's name."""
    roles = {one.of: one.begun for one in counts}
    began = (one.select("case", "person", role=ibis.literal(roles[name])) for name, one in cases.items())
    doers = (cohorts[name].doers.select("case", "person", role=ibis.literal(name)) for name in cases)
    placed = of_case.inner_join(ibis.union(*began, *doers, distinct=True), "case")
    return placed.group_by("group", "role", "person").aggregate(times=placed.count())
