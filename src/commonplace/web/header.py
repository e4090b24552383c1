"""The header of every page: where one belongs, and where one asks. It reads no more than the footings of the page."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from commonplace.communities.models import Community, footing
from commonplace.communities.models.footing import Place, places
from commonplace.web import visits

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Header:
    """`places`: by title, of many those visited last; `here`: of them the one whose page this is; `ask`: where one
    asks, "" for who may nowhere; `within`: what is searched unless somebody says otherwise. `news`: by slug, those in
    which something is new, but for the one in which one is."""

    places: list[Place]
    here: str
    ask: str
    within: Community | None
    news: frozenset[str]

    @property
    def is_more(self) -> bool:
        """Something is new where one belongs, and which stands not in it."""
        return bool(self.news - {place.slug for place in self.places})


def header(person: Any, community: Any, request: HttpRequest | None) -> Header | None:
    """None for who is not signed in."""
    if not person or not person.is_authenticated:
        return None
    here = community if isinstance(community, Community) else None
    within = here if here and footing(person, here).may_read else None
    news = visits.news_in(request) - {here.slug if here else ""} if request else frozenset()
    return Header(_shown(person, here, request), here.pk if here else "", _ask(person, here), within, news)


def asks_in(person: Any) -> list[Place]:
    """Where this person may ask: where they are a member."""
    return [place for place in places(person) if place.footing.is_member]


def _shown(person: Any, here: Community | None, request: HttpRequest | None) -> list[Place]:
    """With the one whose page this is, though one may not belong there; not one that asks somebody in, and has yet to
    open."""
    mine = places(person)
    own = [place for place in mine if here and place.pk == here.pk]
    shown = by_last_visit([place for place in mine if place not in own], request)[: MOST_SHOWN - bool(here)]
    kept = [place for place in mine if place in own or place in shown]
    is_guest = here and not own and footing(person, here).may_see
    return [*kept, _guest(person, here)] if here and is_guest else kept


def by_last_visit(mine: list[Place], request: HttpRequest | None) -> list[Place]:
    """Those visited last first, then by title."""
    last = visits.last_places(request) if request else []
    return sorted(mine, key=lambda place: last.index(place.slug) if place.slug in last else len(last))


def _guest(person: Any, here: Community) -> Place:
    return Place(here.pk, here.slug, here.title, here.language, footing(person, here))


def _ask(person: Any, here: Community | None) -> str:
    mine = asks_in(person)
    at_once = [place for place in mine if here and place.pk == here.pk] or (mine if len(mine) == 1 else [])
    if at_once:
        return reverse("ask", args=[at_once[0].slug])
    return reverse("ask_somewhere") if mine else ""
