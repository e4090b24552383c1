"""What came into a stock and what left it since it was counted before, and whose behaviour that shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from commonplace.communities.models import Community, Person
from commonplace.ledger.models import Act
from commonplace.measuring.cycle.stocks import WHY
from commonplace.measuring.disclosure.groups import crowd
from commonplace.measuring.models import Figure
from commonplace.measuring.rules import Rules

Cases = frozenset[str]
Moved = dict[str, list[str]]
Pairs = Iterable[tuple[str, str]]
"""Case and person."""

BEGINS = ("exchange.opened", "practice.distilled", "practice.brought")
# Decisions are no behaviour of who records them.
TAKES_OUT = {
    "unfinished": ("exchange.confirmed", "exchange.closed"),
    "waiting": ("exchange.responded", "exchange.closed"),
    "held": ("challenge.raised",),
    "untried": ("application.reported", "challenge.raised"),
}


@dataclass(frozen=True, slots=True)
class Then:
    """What was in a stock when it was counted."""

    at: datetime
    cases: Cases


def moments(figures: Iterable[Figure]) -> Iterator[Then]:
    cases: Cases = frozenset()
    for figure in figures:
        if figure.moved:
            cases = cases.difference(figure.moved["left"]).union(figure.moved["entered"])
            yield Then(figure.until, cases)


def moved(before: Sequence[Then], here: Cases) -> Moved:
    last = before[-1].cases if before else frozenset()
    return {"entered": sorted(here - last), "left": sorted(last - here)}


def tells_of_few(pairs: Pairs, rules: Rules) -> bool:
    """Of nobody is of no few."""
    people = Counter(person for _case, person in pairs)
    return bool(people) and not crowd(people).is_one(rules)


@dataclass(frozen=True)
class Done:
    """By whom, as the ledger of a community has it, and so of what is gone, too; without bots, and what nobody did."""

    community: Community

    def begun(self, cases: Cases) -> Pairs:
        return [(case, self._began[case]) for case in cases if case in self._began]

    def taken_out(self, stock: str, cases: Cases, since: datetime) -> Pairs:
        """Who was first to do what makes a case leave, unless they began it."""
        first: dict[str, str] = {}
        if verbs := TAKES_OUT.get(stock) if cases else None:
            for case, person in self._acts(*verbs, recorded_at__gt=since):
                if case in cases and person != self._began.get(case):
                    first.setdefault(case, person)
        return first.items()

    @cached_property
    def _began(self) -> dict[str, str]:
        return dict(self._acts(*BEGINS))

    @cached_property
    def _bots(self) -> frozenset[str]:
        return frozenset(Person.objects.filter(is_bot=True).values_list("pk", flat=True))

    def _acts(self, *verbs: str, **where: datetime) -> Iterator[tuple[str, str]]:
        acts = Act.objects.filter(community=self.community.pk, verb__in=verbs, **where).everywhere(WHY).order_by("pk")
        return ((case, by) for case, by in acts.values_list("subject", "actor") if by and by not in self._bots)
