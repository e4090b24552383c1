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
from commonplace.communities.beginning import beginning
from commonplace.communities.contributions import MOST_PIECES, News, Piece, contributed, home_parts
from commonplace.communities.models import Community
from commonplace.communities.models.footing import Place, places
from commonplace.communities.waiting import sifted
from commonplace.ledger import clock
from commonplace.ledger.act import may
from commonplace.ledger.reading import READER, Reading, settled
from commonplace.web import visits
from commonplace.web.latest import latest, since_when

PAGE = MOST_PIECES - 1
MOST_NEEDS, MOST_OTHERS = 7, 3


def index(request: HttpRequest) -> HttpResponse:
    before = visits.moment(request.GET.get("before", ""))
    person, mine, since = request.user, places(request.user), visits.last_visit(request)
    pieces = news(person, [place.pk for place in mine], before or clock.now())
    context: dict[str, Any] = {"mine": mine, "reads": any(place.footing.may_read for place in mine)}
    context["asks"] = any(place.footing.is_member for place in mine)
    if before:
        context["latest"] = latest(person, pieces, since, (), PAGE)
        return render(request, "older.jinja", context | {"before": before})
    needs, aside = sifted(person)
    context |= {"needs": needs[:MOST_NEEDS], "further": needs[MOST_NEEDS:], "aside": aside}
    context |= {"latest": latest(person, pieces, since, needs, PAGE), "since": since and since_when(since)}
    context |= {"beginning": beginning(person), "others": OTHERS.rows(reader=person)}
    context["also"] = _also_new(request, mine, {piece.slug for piece in pieces})
    context |= {"parts": home_parts(person), "may_found": may(acts.found, person, None)}
    return visits.remember(request, render(request, "home.jinja", context))


def _also_new(request: HttpRequest, mine: list[Place], shown: set[str]) -> list[Place]:
    """Where what is new has no room on the page."""
    fresh = visits.news_in(request) - shown
    return [place for place in mine if place.slug in fresh]


def news(person: Any, communities: list[str], before: datetime) -> list[Piece]:
    """Newest first, at most PAGE + 1 pieces that happened before `before`; the one too many says that there is more."""
    sources = [one.pieces(person, communities, before) for one in contributed(News)]
    return list(islice(merge(*sources, key=attrgetter("at"), reverse=True), PAGE + 1))


def _others() -> Any:
    """Where the person could join: a few, for there is a list of all."""
    is_mine = Q(pk__in=settled(READER, lambda person: [place.pk for place in places(person)]))
    others = Community.objects.visible_to(READER).exclude(is_mine).with_domain().order_by("title")
    return others.only("slug", "title", "visibility", "language")[: MOST_OTHERS + 1]


OTHERS: Reading[Community] = Reading(_others)
