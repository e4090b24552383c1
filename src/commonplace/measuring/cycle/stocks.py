"""What is in each phase now: counts, up to MANY, of lists that the reader may open, each with the list's address.

A sponsor who may not open the lists sees the counts alone, and of fewer than k only that they are few.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, Subquery
from django.urls import reverse

from commonplace.communities.models import Community
from commonplace.communities.paging import Counted
from commonplace.communities.policy import may_read
from commonplace.externalizing.models import ExchangeCourse, Status
from commonplace.externalizing.models.course import NOT_YET
from commonplace.internalizing.acts import APPLICABLE
from commonplace.internalizing.models import Application
from commonplace.ledger import clock
from commonplace.ledger.reading import Place, Reading
from commonplace.measuring.rules import configured
from commonplace.objectifying.models import Agreement, PracticeCourse
from commonplace.objectifying.status import Status as PracticeStatus

RECENTLY, MANY = timedelta(days=180), 100
WHY = "counts on a page whose door asks; who oversees but does not read is not told of few"
COURSES: tuple[Any, Any] = ExchangeCourse, PracticeCourse

HERE, LATELY = Place("community"), Place("since", DateTimeField())
LISTS = {
    "exchanged": ("exchanges", ""),
    "unfinished": ("exchanges", "?status=unfinished"),
    "waiting": ("exchanges", f"?status={Status.OPEN.value}"),
    "written": ("practices", ""),
    "agreeing": ("practices", "?status=proposed"),
    "contested": ("practices", "?status=contested"),
    "held": ("practices", "?status=accepted"),
    "taken_up": ("practices", ""),
    "untried": ("practices", "?status=accepted"),
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
    """Of which community, and whether its lists are open to who looks."""

    community: Community
    reads: bool

    @classmethod
    def of(cls, person: Any, community: Community) -> Reader:
        return cls(community, may_read(person, community))

    def stock(self, count: int, address: str, query: str = "") -> Stock:
        if self.reads:
            return Stock(count, reverse(address, args=[self.community.slug]) + query)
        return Stock(count if count == 0 or count >= configured().people else None, None)


def of(reader: Reader) -> dict[str, Stock]:
    counts = COUNTS.first(community=reader.community.pk, since=clock.now() - RECENTLY)
    return {name: reader.stock(count, *LISTS[name]) for name, count in zip(LISTS, counts or (), strict=True)}


def _counted() -> Any:
    """In one statement; of each MANY at the most."""
    exchanges, practices = (model.objects.filter(community=HERE).everywhere(WHY) for model in COURSES)
    accepted = practices.filter(status=PracticeStatus.ACCEPTED)
    rows = {
        "exchanged": exchanges,
        "unfinished": exchanges.filter(over__in=NOT_YET),
        "waiting": exchanges.filter(status=Status.OPEN),
        "written": practices,
        "agreeing": practices.filter(status=PracticeStatus.PROPOSED),
        "contested": practices.filter(status=PracticeStatus.CONTESTED),
        "held": accepted,
        "taken_up": _taken_up(practices.filter(status__in=APPLICABLE)),
        "untried": _untried(accepted),
    }
    here = Community.objects.filter(pk=HERE).everywhere(WHY)
    return here.annotate(**{name: Counted(rows[name], "pk", MANY) for name in LISTS}).values_list(*LISTS)


COUNTS: Reading[tuple[int, ...]] = Reading(_counted, shape=lambda *counts: counts)


def _taken_up(courses: Any) -> Any:
    """Somebody used it lately."""
    return courses.filter(Exists(_reports().filter(reported_at__gte=LATELY)))


def _untried(courses: Any) -> Any:
    """Nobody but its scribe has used it since it was first agreed."""
    agreed = Agreement.objects.everywhere(WHY).filter(practice=OuterRef("pk")).order_by("since")
    since = _reports().filter(reported_at__gte=OuterRef("agreed_first"))
    by_others = since.exclude(person=OuterRef("practice__distilled_by"))
    return courses.annotate(agreed_first=Subquery(agreed.values("since")[:1])).exclude(Exists(by_others))


def _reports() -> Any:
    return Application.objects.everywhere(WHY).filter(practice=OuterRef("pk"))
