"""What is open and somebody's, before they hand the role of facilitator over; and what who follows took over."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from commonplace.communities import checklist, pages, policy
from commonplace.communities.forms.belonging import HandOverForm
from commonplace.communities.models import Community, Role, RoleKind
from commonplace.communities.pages import Visit
from commonplace.communities.views.desk import by_phase, serving_here
from commonplace.communities.views.roles import able_members


def show(request: Visit, slug: str) -> HttpResponse:
    """For who holds the role: whoever stands in hands nothing over."""
    community, me = pages.overseen(request, slug), request.user
    pages.require(policy.by_role, me, community)
    before = checklist.follows(me, community)
    context = {
        "community": community,
        "parts": by_phase(me, community),
        "looked_after": checklist.looked_after(me, me, community),
        "due": checklist.due(me, community),
        "before": before,
        "left": checklist.looked_after(me, before, community) if before else [],
        **serving_here(me, community),
        "hand_over_form": _form(me, community),
    }
    return render(request, "communities/checklist.jinja", context)


def _form(me: Any, community: Community) -> HandOverForm | None:
    mine = Role.objects.visible_to(me).filter(community=community, person=me.pk, kind=RoleKind.FACILITATOR).current()
    roles = list(mine.select_related("person"))
    members = [one for one in able_members(me, community) if one.pk != me.pk]
    return HandOverForm(members=members, roles=roles, initial={"role": roles[0].pk}) if members else None
