"""What is in each phase, for whoever may not open the lists: counted once in each step of the grid, told by fives.

Two counts tell what came and went between them: of a few, the one before stays, with its day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from commonplace.communities.models import Community
from commonplace.consenting.models import Proposal, Stance
from commonplace.internalizing.models import Application
from commonplace.ledger import clock
from commonplace.ledger.scope import ScopedQuerySet
from commonplace.measuring.cycle.moved import Done, Moved, Pairs, Then, moments, moved, tells_of_few
from commonplace.measuring.cycle.stocks import LISTS, RECENTLY, STOCK, WHY, courses, stock_id
from commonplace.measuring.disclosure.crowds import Crowd
from commonplace.measuring.disclosure.judging import by_fives
from commonplace.measuring.models import Figure
from commonplace.measuring.readings import Reading, Reason
from commonplace.measuring.rules import Rules
from commonplace.objectifying.course import OF_PRACTICES
from commonplace.objectifying.models import Challenge

BEGAN = {"exchanges": "exchange__opener", "practices": "practice__begun_by"}


@dataclass(frozen=True, slots=True)
class Deeds:
    """By which something came into a stock: `case` leads from them to what is in it, `person` to whose they are.

    `here`: to its community, where that is not on what is in it.
    """

    rows: ScopedQuerySet[Any]
    case: str
    person: str
    here: str = ""

    def of(self, cases: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        where = {f"{self.case}__in": cases.values("pk"), f"{self.person}__is_bot": False}
        return self.rows.everywhere(WHY).filter(**where)

    def pairs(self, community: Community) -> Pairs:
        """Of the cases of a community, and people, not bots."""
        where = {self.here or f"{self.case}__community": community, f"{self.person}__is_bot": False}
        return self.rows.everywhere(WHY).filter(**where).order_by().values_list(self.case, self.person).distinct()


def deeds(at: datetime | None = None) -> dict[str, Deeds]:
    """Whose behaviour a stock shows, now or at a moment, beside that of who opened or wrote down what is in it."""
    agreed = _lasting(at, "proposal__agreement__since", "proposal__agreement__ended_at")
    stances = Stance.objects.counting().own().filter(_lasting(at, "taken_at", "replaced_at"), agreed)
    proposals = Proposal.objects.filter(matter__in=OF_PRACTICES).filter(_lasting(at, "opened_at", "decided_at"))
    challenges = Challenge.objects.filter(_lasting(at, "raised_at", "settlement__settled_at"))
    used = Application.objects.since((at or clock.now()) - RECENTLY)
    consent = Deeds(stances, "proposal__agreement__practice", "person")
    return {
        "agreeing": Deeds(proposals, "subject_id", "opened_by", "community"),
        "contested": Deeds(challenges, "practice", "raised_by"),
        "held": consent,
        "taken_up": Deeds(used.filter(reported_at__lte=at) if at else used, "practice", "person"),
        "untried": consent,
    }


def _lasting(at: datetime | None, begun: str, ended: str) -> Q:
    there = Q(**{f"{begun}__lte": at}) if at else Q(**{f"{begun}__isnull": False})
    return there & (Q(**{ended: None}) | Q(**{f"{ended}__gt": at}) if at else Q(**{ended: None}))


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a stock, `at` when it was counted; `moved` if that is now.

    Where nothing moved the day stays, too: or a day that moves would tell that somebody did nothing, or something.
    """

    reading: Reading
    at: datetime
    moved: Moved | None = None


def stocks(community: Community, rules: Rules) -> list[Told]:
    """Of each so many or more, if all whose behaviour it shows are k people or more, and none more than half."""
    now = clock.now()
    rows, by, before, done = courses(community.pk, now - RECENTLY), deeds(), _before(community), Done(community)
    return [_counted(_Stock(name, rows[name], by.get(name)), before[stock_id(name)], done, rules) for name in LISTS]


def _before(community: Community) -> dict[str, list[Figure]]:
    """By name, all that was told."""
    by_name: dict[str, list[Figure]] = defaultdict(list)
    for figure in Figure.objects.filter(community=community, unit=STOCK).everywhere(WHY).order_by("pk"):
        if figure.value is not None:
            by_name[figure.metric].append(figure)
    return by_name


@dataclass(frozen=True, slots=True)
class _Stock:
    name: str
    rows: QuerySet[Any, Any]
    by: Deeds | None

    @property
    def began(self) -> str:
        return BEGAN[LISTS[self.name][0]]

    @property
    def cases(self) -> QuerySet[Any, Any]:
        """Those of people, not bots."""
        return self.rows.filter(**{f"{self.began}__is_bot": False})


def _counted(stock: _Stock, figures: Sequence[Figure], done: Done, rules: Rules) -> Told:
    now = clock.now()
    reading = _reading(stock.name, list(_crowds(stock.cases, stock.began, stock.by)), rules)
    if reading.value is None:
        return Told(reading, now)
    before, here = list(moments(figures)), frozenset(stock.cases.values_list("pk", flat=True))
    is_still = bool(before) and before[-1].cases == here
    if is_still or any(_differs_by_few(stock, here, then, done, rules) for then in reversed(before)):
        return Told(replace(reading, value=figures[-1].value), figures[-1].until)
    return Told(reading, now, moved(before, here))


def _differs_by_few(stock: _Stock, here: frozenset[str], then: Then, done: Done, rules: Rules) -> bool:
    """Readers do not forget: beside each count before, not the last alone."""
    entered, left = here - then.cases, then.cases - here
    now: Pairs = stock.by.pairs(done.community) if stock.by and entered else ()
    before: Pairs = deeds(then.at)[stock.name].pairs(done.community) if stock.by and left else ()
    parts = [done.begun(entered), done.begun(left), done.taken_out(stock.name, left, then.at)]
    parts += [[pair for pair in now if pair[0] in entered], [pair for pair in before if pair[0] in left]]
    return any(tells_of_few(part, rules) for part in parts)


def _crowds(cases: QuerySet[Any, Any], began: str, by: Deeds | None) -> Iterator[Crowd]:
    """First those who began the cases: of each there is one."""
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
