"""The first page: what needs me, what is new where I belong, and where I could go."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commonplace.communities.models import Community
from commonplace.communities.models.footing import footings
from commonplace.ledger import clock
from commonplace.web import visits
from commonplace.web.needs import needs
from commonplace.web.news import PAGE, news

MOST_PLACES = 200


def index(request: HttpRequest) -> HttpResponse:
    before = visits.moment(request.GET.get("before", ""))
    mine, others = _places(request.user)
    pieces = news(request.user, mine, before or clock.now())
    context: dict[str, Any] = {"mine": mine, "others": others, "pieces": pieces[:PAGE], "more": pieces[PAGE:]}
    context["since"] = visits.last_visit(request)
    if before:
        return render(request, "older.jinja", context | {"before": before})
    return visits.remember(request, render(request, "home.jinja", context | {"needs": needs(request.user)}))


def _places(person: Any) -> tuple[list[Community], list[Community]]:
    """Where the person belongs or serves, and where they could join."""
    is_mine = Q(pk__in=list(footings(person)))
    seen = Community.objects.visible_to(person).annotate(is_mine=is_mine).order_by("-is_mine", "title")
    places: list[Any] = list(seen[:MOST_PLACES])
    return [place for place in places if place.is_mine], [place for place in places if not place.is_mine]
