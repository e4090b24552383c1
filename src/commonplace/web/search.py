"""Gathering: one box over exchanges, practices and people, within what the reader may see."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commonplace.communities.contributions import SearchSource, contributed
from commonplace.communities.limits import limited
from commonplace.communities.listing import first_found, members_found
from commonplace.communities.models import Community, Membership
from commonplace.communities.models.footing import places
from commonplace.communities.pages import asks_for_a_part
from commonplace.communities.paging import Page
from commonplace.internalizing.search import Results, search
from commonplace.web.header import asks_in

PEOPLE, FEW = "people", 3


@limited("search", most=300, minutes=10, reading=True)
def index(request: HttpRequest) -> HttpResponse:
    typed, kind, number = (request.GET.get(name, "") for name in ("q", "kind", "page"))
    place = request.GET.get("in", "\0")
    within = Community.objects.readable_by(request.user).filter(slug=place).first() if place.isprintable() else None
    sources = [one for one in contributed(SearchSource) if not one.within]
    kinds = [one.name for one in sources if one.name == kind]
    looked_for = partial(search, request.user, kinds=kinds, community=within, page=_number(number))
    results = Results(typed) if kind == PEOPLE else looked_for(typed)
    template = "partials/hits.jinja" if asks_for_a_part(request) else "search.jinja"
    context = {"results": results, "kind": kind, "sources": sources, "within": within}
    context["kept_from"] = [place for place in places(request.user) if not place.footing.may_read]
    context["is_member"] = bool(asks_in(request.user))
    if results.asked and results.number == 1 and not kinds and context["is_member"]:
        context["people"] = _people(request, typed, within, kind)
    return render(request, template, context | ({} if results.hits else _ways_on(request)))


def _people(request: HttpRequest, typed: str, within: Community | None, kind: str) -> Page[Membership]:
    """All of them in pages, or beside what people wrote the first few."""
    if kind == PEOPLE:
        return members_found(request.user, typed, within, request.GET)
    return first_found(request.user, typed, within, FEW)


def _ways_on(request: HttpRequest) -> dict[str, Any]:
    """Where the question could be asked, if nobody has answered it yet; and whether this person reads at all."""
    mine = places(request.user)
    reads = any(place.footing.may_read for place in mine)
    return {"places": asks_in(request.user), "reads": reads or Community.objects.readable_by(request.user).exists()}


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
