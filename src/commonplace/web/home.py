"""The first page: what needs me, what is new where I belong, and where I could go."""

from datetime import datetime
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commonplace.communities import acts
from commonplace.communities.contributions import MOST_PIECES, News, Piece, contributed
from commonplace.communities.models import Community, footing
from commonplace.communities.models.footing import footings
from commonplace.communities.waiting import sifted
from commonplace.ledger import clock
from commonplace.ledger.act import may
from commonplace.ledger.reading import READER, Reading, settled
from commonplace.web import visits

PAGE = MOST_PIECES - 1
MOST_PLACES = 200


def index(request: HttpRequest) -> HttpResponse:
    before = visits.moment(request.GET.get("before", ""))
    mine, others = _places(request.user)
    pieces = news(request.user, mine, before or clock.now())
    context: dict[str, Any] = {"mine": mine, "others": others, "pieces": pieces[:PAGE], "more": pieces[PAGE:]}
    context["since"] = visits.last_visit(request)
    context |= {"unread": _unread(request.user, mine), "may_found": may(acts.found, request.user, None)}
    if before:
        return render(request, "older.jinja", context | {"before": before})
    context["needs"], context["aside"] = sifted(request.user)
    return visits.remember(request, render(request, "home.jinja", context))


def news(person: Any, communities: list[Community], before: datetime) -> list[Piece]:
    """Newest first, at most PAGE + 1 pieces that happened before `before`; the one too many says that there is more."""
    here = [community.pk for community in communities]
    sources = [one.pieces(person, here, before) for one in contributed(News)]
    return list(islice(merge(*sources, key=attrgetter("at"), reverse=True), PAGE + 1))


def _unread(person: Any, mine: list[Community]) -> list[Community]:
    """Where the person serves without reading what people write: nothing of it is news to them."""
    return [place for place in mine if not footing(person, place).may_read]


def _seen() -> Any:
    is_mine = Q(pk__in=settled(READER, lambda person: list(footings(person))))
    seen = Community.objects.visible_to(READER).annotate(is_mine=is_mine).order_by("-is_mine", "title")
    return seen.only("slug", "title", "visibility", "language")[:MOST_PLACES]


PLACES: Reading[Community] = Reading(_seen)


def _places(person: Any) -> tuple[list[Community], list[Community]]:
    """Where the person belongs or serves, and where they could join."""
    places: list[Any] = PLACES.rows(reader=person)
    return [place for place in places if place.is_mine], [place for place in places if not place.is_mine]
