"""What is in each phase now: counts, up to MANY, of lists that the reader may open, each with the list's address.

A sponsor who may not open the lists sees the counts alone, and of fewer than k only that they are few.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from commonplace.communities.models import Community
from commonplace.communities.paging import Counted
from commonplace.communities.policy import may_read
from commonplace.externalizing.models import ExchangeCourse, Status
from commonplace.internalizing.acts import APPLICABLE
from commonplace.internalizing.models import Application
from commonplace.ledger import clock
from commonplace.measuring.rules import configured
from commonplace.objectifying.models import Agreement, PracticeCourse
from commonplace.objectifying.status import Status as PracticeStatus

RECENTLY, MANY = timedelta(days=180), 100
WHY = "counts for those who oversee but do not read; few are not counted"


PRACTICE_LISTS = {
    "written": "",
    "agreeing": "?status=proposed",
    "contested": "?status=contested",
    "held": "?status=accepted",
    "taken_up": "",
    "untried": "?status=accepted",
}


@dataclass(frozen=True, slots=True)
class Stock:
    """`count` None: a few, not said how many; MANY: that many or more. `href` None: not open to the reader."""

    count: int | None
    href: str | None

    @property
    def words(self) -> str:
        if self.count is None:
            return "–"
        return str(self.count) if self.count < MANY else f"{MANY - 1}+"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at which community, and whether its lists are open to them."""

    person: Any
    community: Community
    reads: bool

    @classmethod
    def of(cls, person: Any, community: Community) -> Reader:
        return cls(person, community, may_read(person, community))

    def rows(self, model: Any) -> Any:
        rows = model.objects.visible_to(self.person) if self.reads else model.objects.everywhere(WHY)
        return rows.filter(community=self.community)

    def counted(self, **rows: Any) -> dict[str, int]:
        """In one statement; of each MANY at the most."""
        counts = {name: Counted(some.order_by()[:MANY], "pk") for name, some in rows.items()}
        here = Community.objects.filter(pk=self.community.pk).everywhere(WHY).annotate(**counts)
        counted: dict[str, int] = here.values(*counts).get()
        return counted

    def stock(self, count: int, address: str, query: str = "") -> Stock:
        if self.reads:
            return Stock(count, reverse(address, args=[self.community.slug]) + query)
        return Stock(count if count == 0 or count >= configured().people else None, None)


def exchanges(reader: Reader) -> dict[str, Stock]:
    here = reader.rows(ExchangeCourse)
    counted = reader.counted(all=here, waiting=here.filter(status=Status.OPEN), unfinished=here.filter(over=False))
    return {
        "exchanged": reader.stock(counted["all"], "exchanges"),
        "unfinished": reader.stock(counted["unfinished"], "exchanges", "?status=unfinished"),
        "waiting": reader.stock(counted["waiting"], "exchanges", f"?status={Status.OPEN.value}"),
    }


def practices(reader: Reader) -> dict[str, Stock]:
    here = reader.rows(PracticeCourse)
    accepted = here.filter(status=PracticeStatus.ACCEPTED)
    counted = reader.counted(
        written=here,
        agreeing=here.filter(status=PracticeStatus.PROPOSED),
        contested=here.filter(status=PracticeStatus.CONTESTED),
        held=accepted,
        taken_up=_taken_up(here.filter(status__in=APPLICABLE)),
        untried=_untried(accepted),
    )
    return {name: reader.stock(counted[name], "practices", query) for name, query in PRACTICE_LISTS.items()}


def _taken_up(courses: Any) -> Any:
    """Somebody used it lately."""
    return courses.filter(Exists(_reports().filter(reported_at__gte=clock.now() - RECENTLY)))


def _untried(courses: Any) -> Any:
    """Nobody but its scribe has used it since it was first agreed."""
    agreed = Agreement.objects.everywhere(WHY).filter(practice=OuterRef("pk")).order_by("since")
    since = _reports().filter(reported_at__gte=OuterRef("agreed_first"))
    by_others = since.exclude(person=OuterRef("practice__distilled_by"))
    return courses.annotate(agreed_first=Subquery(agreed.values("since")[:1])).exclude(Exists(by_others))


def _reports() -> Any:
    return Application.objects.everywhere(WHY).filter(practice=OuterRef("pk"))


def of(reader: Reader) -> dict[str, Stock]:
    return exchanges(reader) | practices(reader)
