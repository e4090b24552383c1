"""How far what was brought in came until now: counts for who may open the practices, while B1 tells figures of people.

One person may bring in a whole handbook: a figure of the cohort would tell of that person, a list that anybody here may
open does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Min, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Membership
from commonplace.communities.paging import Counted, in_figures
from commonplace.internalizing.models import Application, Outcome
from commonplace.ledger.reading import Place, Reading
from commonplace.measuring.metrics.brought import accepted, passed_on, used
from commonplace.measuring.metrics.registry import Phase
from commonplace.objectifying.models import Agreement, PracticeCourse
from commonplace.objectifying.status import Origin, Status

MANY = 1_000
WHY = "counts on a page whose door asks whether its lists may be opened"
HERE = Place("community")
BROUGHT, USED, AGREED, PASSED_ON = "brought", used.id, accepted.id, passed_on.id
WORDS: dict[str, tuple[Any, str]] = {
    BROUGHT: (_("were brought in"), Phase.OBJECTIFYING),
    **{one.id: (one.stage.words, one.phase) for one in (used, accepted, passed_on) if one.stage},
}
LISTS = {BROUGHT: f"?origin={Origin.BROUGHT}", AGREED: f"?origin={Origin.BROUGHT}&status={Status.ACCEPTED}"}


@dataclass(frozen=True, slots=True)
class SoFar:
    """How many practices came to a stage; `of`: of how many. MANY: that many or more."""

    words: str
    phase: str
    count: int
    of: int
    href: str

    @property
    def number(self) -> str:
        return in_figures(self.count, MANY)


def so_far(community: Community) -> list[SoFar]:
    """Nothing where nothing was brought in."""
    counts = dict(zip(WORDS, COUNTS.first(community=community.pk) or (), strict=False))
    return list(_stages(community, counts)) if counts.get(BROUGHT) else []


def _stages(community: Community, counts: dict[str, int]) -> Iterator[SoFar]:
    address = reverse("practices", args=[community.slug])
    for name, (words, phase) in WORDS.items():
        href = address + LISTS[name] if name in LISTS else ""
        yield SoFar(str(words), phase, counts[name], counts[BROUGHT], href)


def _rows() -> dict[str, Any]:
    brought = PracticeCourse.objects.filter(community=HERE, origin=Origin.BROUGHT).everywhere(WHY)
    return {
        BROUGHT: brought,
        USED: brought.filter(Exists(_by_others())),
        AGREED: brought.filter(status=Status.ACCEPTED),
        PASSED_ON: brought.annotate(agreed_first=_first_agreed()).filter(Exists(_by_who_came_later())),
    }


def _counted() -> Any:
    """In one statement."""
    rows, here = _rows(), Community.objects.filter(pk=HERE).everywhere(WHY)
    numbers = {f"stage{place}": Counted(rows[name], "pk", MANY) for place, name in enumerate(WORDS)}
    return here.annotate(**numbers).values_list(*numbers)


COUNTS: Reading[tuple[int, ...]] = Reading(_counted, shape=lambda *counts: counts)


def _by_others() -> Any:
    """Uses that went well, of another than who brought it in; a bot uses nothing."""
    well = Application.objects.filter(practice=OuterRef("pk"), outcome__in=(Outcome.WORKED, Outcome.ADAPTED))
    return well.filter(person__is_bot=False).exclude(person=OuterRef("practice__bringing__by")).everywhere(WHY)


def _by_who_came_later() -> Any:
    """Who came back after leaving did not come later."""
    first = Membership.objects.filter(community=HERE, person=OuterRef("person")).everywhere(WHY)
    joined = first.order_by().values("person").annotate(first=Min("joined_at")).values("first")
    return _by_others().annotate(joined_first=Subquery(joined)).filter(joined_first__gt=OuterRef("agreed_first"))


def _first_agreed() -> Any:
    agreed = Agreement.objects.filter(practice=OuterRef("pk")).everywhere(WHY)
    return Subquery(agreed.order_by("since").values("since")[:1])
