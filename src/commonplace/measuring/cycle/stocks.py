"""What is in each phase now: counts of lists that the reader may open, each with the list's address.

A sponsor who may not open the lists sees the counts alone, and of fewer than k only that they are few.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse

from commonplace.communities.models import Community
from commonplace.communities.policy import may_read
from commonplace.externalizing.models import Exchange, Status
from commonplace.internalizing.acts import APPLICABLE
from commonplace.internalizing.models import Application
from commonplace.ledger import clock
from commonplace.measuring.rules import configured
from commonplace.objectifying.models import Agreement, Practice
from commonplace.objectifying.status import Status as PracticeStatus

RECENTLY = timedelta(days=180)
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
    """`count` None: a few, not said how many. `href` None: the reader may not open the list."""

    count: int | None
    href: str | None


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

    def stock(self, count: int, address: str, query: str = "") -> Stock:
        if self.reads:
            return Stock(count, reverse(address, args=[self.community.slug]) + query)
        return Stock(count if count == 0 or count >= configured().people else None, None)


def exchanges(reader: Reader) -> dict[str, Stock]:
    waiting, unfinished = Q(course__status=Status.OPEN), Q(course__over=False)
    counted = reader.rows(Exchange).aggregate(
        all=Count("pk"), waiting=Count("pk", filter=waiting), unfinished=Count("pk", filter=unfinished)
    )
    return {
        "exchanged": reader.stock(counted["all"], "exchanges"),
        "unfinished": reader.stock(counted["unfinished"], "exchanges", "?status=unfinished"),
        "waiting": reader.stock(counted["waiting"], "exchanges", f"?status={Status.OPEN.value}"),
    }


def practices(reader: Reader) -> dict[str, Stock]:
    accepted = Q(course__status=PracticeStatus.ACCEPTED)
    counted = _with_use(reader.rows(Practice)).aggregate(
        written=Count("pk"),
        agreeing=Count("pk", filter=Q(course__status=PracticeStatus.PROPOSED)),
        contested=Count("pk", filter=Q(course__status=PracticeStatus.CONTESTED)),
        held=Count("pk", filter=accepted),
        taken_up=Count("pk", filter=Q(used_lately=True, course__status__in=APPLICABLE)),
        untried=Count("pk", filter=accepted & Q(used_by_others=False)),
    )
    return {name: reader.stock(counted[name], "practices", query) for name, query in PRACTICE_LISTS.items()}


def _with_use(practices: Any) -> Any:
    """Adds whether anybody used it lately, and whether another than its scribe did since it was first agreed."""
    agreed = Agreement.objects.everywhere(WHY).filter(practice=OuterRef("pk")).order_by("since")
    reports = Application.objects.everywhere(WHY).filter(practice=OuterRef("pk"))
    since = reports.filter(reported_at__gte=OuterRef("agreed_first")).exclude(person=OuterRef("distilled_by"))
    return practices.annotate(
        agreed_first=Subquery(agreed.values("since")[:1]),
        used_lately=Exists(reports.filter(reported_at__gte=clock.now() - RECENTLY)),
    ).annotate(used_by_others=Exists(since))


def of(reader: Reader) -> dict[str, Stock]:
    return exchanges(reader) | practices(reader)
