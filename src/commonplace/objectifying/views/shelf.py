"""The list of practices: all, or those that are chosen by how they stand, where they come from, what they are about."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from commonplace.communities import pages
from commonplace.communities.models import Community
from commonplace.communities.pages import Visit
from commonplace.communities.paging import Page
from commonplace.externalizing.models import Exchange, Topic
from commonplace.externalizing.models import Status as Helped
from commonplace.ledger.act import may
from commonplace.objectifying import acts, contents
from commonplace.objectifying.choosing import IN_ORDER, Choice
from commonplace.objectifying.glances import glances
from commonplace.objectifying.how_many import MOST, HowMany
from commonplace.objectifying.models import ORIGINS, STATUSES, Practice


def index(request: Visit, slug: str) -> HttpResponse:
    community, sought = pages.read(request, slug), pages.typed(request, "topic")
    context = {"community": community, "may_bring": may(acts.bring, request.user, community)}
    topic = Topic.objects.visible_to(request.user).called(sought, community).first() if sought else None
    if sought and not topic:
        return render(request, "objectifying/practices.jinja", context | {"unknown": sought})
    context |= _most_used(request, community) or _chosen(request, community, topic)
    context["glances"] = glances([*context["rounds"], *context["page"]])
    part = "sifted" if pages.asks_for_a_part(request) else "practices"
    return render(request, f"objectifying/{part}.jinja", context)


def _most_used(request: Visit, community: Community) -> dict[str, Any]:
    """Nothing where nobody asks for it, or nothing is agreed on."""
    if "most-used" not in request.GET:
        return {}
    few = contents.MOST_USED.rows(reader=request.user, community=community.pk)
    return {"is_most_used": True, "page": Page(few), "rounds": [], "chosen": Choice()} if few else {}


def _chosen(request: Visit, community: Community, topic: Topic | None) -> dict[str, Any]:
    places, chosen = {"reader": request.user, "community": community.pk}, Choice.of(request.GET, topic)
    page = contents.chosen(chosen, topic, request.GET, **places)
    return {
        **{"page": page, "chosen": chosen, "statuses": {one: STATUSES[one] for one in IN_ORDER}, "origins": ORIGINS},
        **{"how_many": HowMany.of(chosen, topic, **places), "most": MOST},
        **_in_a_round(chosen, page, places),
        **({} if page.rows else _how_one_begins(request, community)),
    }


def _in_a_round(chosen: Choice, page: Page[Practice], places: dict[str, Any]) -> dict[str, Any]:
    rounds = contents.IN_A_ROUND.rows(**places) if page.is_first and not chosen.made else []
    return {"rounds": rounds, "more_rounds": len(rounds) == contents.MOST_ROUNDS}


def _how_one_begins(request: Visit, community: Community) -> dict[str, bool]:
    helped = Exchange.objects.visible_to(request.user).here(community).filter(course__status=Helped.RESOLVED)
    return {"helped": helped.exists(), "may_distil": may(acts.distil, request.user, community)}
