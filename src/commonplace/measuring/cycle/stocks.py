"""What is in each phase now: counts, up to MANY, of lists that the reader may open, each with the list's address.

Whoever may not open the lists reads what was published of them, once in each step of the grid: `published.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities.models import Community
from commonplace.communities.paging import Counted, at_least, in_figures
from commonplace.externalizing.models import ExchangeCourse, Status
from commonplace.externalizing.models.course import NOT_YET, OVER
from commonplace.internalizing.acts import APPLICABLE
from commonplace.internalizing.models import Application
from commonplace.ledger import clock
from commonplace.ledger.reading import Place, Reading
from commonplace.measuring.models import Figure
from commonplace.objectifying.models import Agreement, PracticeCourse
from commonplace.objectifying.status import Status as PracticeStatus

RECENTLY, MANY = timedelta(days=180), 100
WHY = "counts on a page whose door asks whether its lists may be opened"
COURSES: tuple[Any, Any] = ExchangeCourse, PracticeCourse

STOCK = "stock"
HERE, LATELY = Place("community"), Place("since", DateTimeField())
# Of what is in each stock, and how its list is narrowed to that; None: no list shows just that.
LISTS: dict[str, tuple[str, str | None]] = {
    "exchanged": ("exchanges", ""),
    "unfinished": ("exchanges", "?status=unfinished"),
    "waiting": ("exchanges", f"?status={Status.OPEN.value}"),
    "left": ("exchanges", f"?status=archived-{Status.OPEN.value}"),
    "written": ("practices", ""),
    "agreeing": ("practices", "?status=proposed"),
    "contested": ("practices", "?status=contested"),
    "held": ("practices", "?status=accepted"),
    "taken_up": ("practices", None),
    "untried": ("practices", None),
}
IN_THE_RING = ("unfinished", "agreeing", "taken_up", "held")
PRACTICES = tuple(name for name, (address, _query) in LISTS.items() if address == "practices")


@dataclass(frozen=True, slots=True)
class Stock:
    """`count` None: not said how many; MANY: that many or more. `least`: so many or more. `recorded`: it could be."""

    count: int | None
    href: str | None = None
    least: bool = False
    recorded: bool = True

    @property
    def words(self) -> str:
        if self.count is None:
            return "–"
        return at_least(self.count) if self.least else in_figures(self.count, MANY)

    @property
    def instead(self) -> str:
        """Nothing where there is a number."""
        if self.count is not None:
            return ""
        return _("too few to say") if self.recorded else _("not recorded")


def of(community: Community) -> dict[str, Stock]:
    """For who may open the lists."""
    counts = COUNTS.first(community=community.pk, since=clock.now() - RECENTLY)
    return {name: Stock(count, _href(community, *LISTS[name])) for name, count in zip(LISTS, counts or (), strict=True)}


def in_the_ring(community: Community) -> dict[str, Stock]:
    """The few of them that the ring shows, for who may open the lists."""
    counts = RING.first(community=community.pk, since=clock.now() - RECENTLY)
    here = zip(IN_THE_RING, counts or (), strict=True)
    return {name: Stock(count, _href(community, *LISTS[name])) for name, count in here}


def _href(community: Community, address: str, query: str | None) -> str | None:
    return None if query is None else reverse(address, args=[community.slug]) + query


def of_its_end(counts: Mapping[str, Stock]) -> dict[str, Stock]:
    """Of an archive: what it left; and of practices, where it tells of none, nothing instead of 0."""
    untold = () if counts["written"].count else PRACTICES
    return {**counts, "waiting": counts["left"]} | {name: Stock(None, recorded=False) for name in untold}


def published(figures: Mapping[str, Figure]) -> dict[str, Stock]:
    """For everybody else."""
    return {name: _published(figures.get(stock_id(name))) for name in LISTS}


def _published(figure: Figure | None) -> Stock:
    return Stock(int(figure.value) if figure and figure.value is not None else None, least=True)


def stock_id(name: str) -> str:
    """Its name among the figures."""
    return f"{STOCK}.{name}"


def courses(community: Any, since: Any) -> dict[str, Any]:
    """Of each stock, the rows that it counts."""
    exchanges, practices = (model.objects.filter(community=community).everywhere(WHY) for model in COURSES)
    accepted = practices.filter(status=PracticeStatus.ACCEPTED)
    return {
        "exchanged": exchanges,
        "unfinished": exchanges.filter(over__in=NOT_YET),
        "waiting": exchanges.filter(status=Status.OPEN, over__in=NOT_YET),
        "left": exchanges.filter(status=Status.OPEN, over__in=OVER),
        "written": practices,
        "agreeing": practices.filter(status=PracticeStatus.PROPOSED),
        "contested": practices.filter(status=PracticeStatus.CONTESTED),
        "held": accepted,
        "taken_up": _taken_up(practices.filter(status__in=APPLICABLE), since),
        "untried": _untried(accepted),
    }


def _counted(names: Sequence[str]) -> Any:
    """In one statement; of each MANY at the most."""
    rows = courses(HERE, LATELY)
    here = Community.objects.filter(pk=HERE).everywhere(WHY)
    return here.annotate(**{name: Counted(rows[name], "pk", MANY) for name in names}).values_list(*names)


COUNTS: Reading[tuple[int, ...]] = Reading(partial(_counted, tuple(LISTS)), shape=lambda *counts: counts)
RING: Reading[tuple[int, ...]] = Reading(partial(_counted, IN_THE_RING), shape=lambda *counts: counts)


def _taken_up(practices: Any, since: Any) -> Any:
    """Somebody used it lately."""
    return practices.filter(Exists(_reports().filter(reported_at__gte=since)))


def _untried(practices: Any) -> Any:
    """Nobody but its scribe has used it since it was first agreed."""
    agreed = Agreement.objects.everywhere(WHY).filter(practice=OuterRef("pk")).order_by("since")
    since = _reports().filter(reported_at__gte=OuterRef("agreed_first"))
    by_others = since.exclude(person=OuterRef("practice__begun_by"))
    return practices.annotate(agreed_first=Subquery(agreed.values("since")[:1])).exclude(Exists(by_others))


def _reports() -> Any:
    """A bot uses nothing."""
    return Application.objects.everywhere(WHY).filter(practice=OuterRef("pk"), person__is_bot=False)
