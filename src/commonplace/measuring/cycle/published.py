"""What is in each phase, for whoever may not open the lists: counted once in each step of the grid, told by fives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from commonplace.communities.models import Community
from commonplace.internalizing.models import Application
from commonplace.ledger import clock
from commonplace.ledger.scope import ScopedQuerySet
from commonplace.measuring.cycle.stocks import LISTS, RECENTLY, STOCK, WHY, courses, stock_id
from commonplace.measuring.disclosure.crowds import Crowd
from commonplace.measuring.disclosure.judging import by_fives
from commonplace.measuring.readings import Reading, Reason
from commonplace.measuring.rules import Rules
from commonplace.objectifying.models import Challenge, Proposal, Stance

BEGAN = {"exchanges": "exchange__opener", "practices": "practice__distilled_by"}


@dataclass(frozen=True, slots=True)
class Deeds:
    """By which something came into a stock: `case` leads from them to what is in it, `person` to whose they are."""

    rows: ScopedQuerySet[Any]
    case: str
    person: str

    def of(self, cases: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        where = {f"{self.case}__in": cases.values("pk"), f"{self.person}__is_bot": False}
        return self.rows.everywhere(WHY).filter(**where)


def deeds(since: datetime) -> dict[str, Deeds]:
    """Whose behaviour a stock shows, beside that of who opened or wrote down what is in it."""
    agreed = {"proposal__agreement__isnull": False, "proposal__agreement__ended_at": None}
    consent = Deeds(Stance.objects.current().counting().filter(**agreed), "proposal__practice", "person")
    return {
        "agreeing": Deeds(Proposal.objects.open(), "practice", "opened_by"),
        "contested": Deeds(Challenge.objects.open(), "practice", "raised_by"),
        "held": consent,
        "taken_up": Deeds(Application.objects.since(since), "practice", "person"),
        "untried": consent,
    }


def readings(community: Community, rules: Rules) -> list[Reading]:
    """Of each stock so many or more, if all whose behaviour it shows are k people or more, and none more than half."""
    since = clock.now() - RECENTLY
    rows, by = courses(community.pk, since), deeds(since)
    return [_reading(name, list(_crowds(rows[name], BEGAN[LISTS[name][0]], by.get(name))), rules) for name in LISTS]


def _crowds(rows: QuerySet[Any, Any], began: str, by: Deeds | None) -> Iterator[Crowd]:
    """Of people, not bots; first those who began the cases: of each there is one."""
    cases = rows.filter(**{f"{began}__is_bot": False})
    yield _crowd(cases, "pk", began)
    if by:
        yield _crowd(by.of(cases), by.case, by.person)


def _crowd(rows: QuerySet[Any, Any], case: str, person: str) -> Crowd:
    """Who did it, and of how many cases: however often of each."""
    each = rows.order_by().values(person).annotate(cases=Count(case, distinct=True)).values_list("cases", flat=True)
    times = list(each)
    return Crowd(len(times), sum(times), max(times, default=0))


def _reading(name: str, behind: list[Crowd], rules: Rules) -> Reading:
    blank = Reading(stock_id(name), STOCK, STOCK, formula_version=1)
    if not all(crowd.is_one(rules) for crowd in behind):
        return replace(blank, suppressed=Reason.FEW_PEOPLE)
    return replace(blank, value=float(by_fives(behind[0].times, rules)))
