"""The desk of who facilitates a community: what waits for them there, by phase, each with the act beside it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonplace.communities import pages
from commonplace.communities.contributions import Need
from commonplace.communities.models import Community, Person, Role, RoleKind
from commonplace.communities.pages import Visit
from commonplace.communities.policy import facilitator, sponsor
from commonplace.communities.waiting import needs_in

PHASES: Sequence[tuple[tuple[str, ...], Promise, Promise]] = (
    (("ext",), _("Exchange"), _("No exchange waits.")),
    (("obj", "red"), _("Practices and rounds"), _("No practice and no round waits.")),
    (("int",), _("Use"), _("No use of a practice waits.")),
    (("",), _("People, roles and objectives"), _("Nobody asks to join, and no objective is due.")),
)


class Part(NamedTuple):
    """A phase at the desk: what waits in it, and the words where nothing does."""

    title: Promise
    nothing: Promise
    needs: list[Need]


def show(request: Visit, slug: str) -> HttpResponse:
    """A sponsor sees what is theirs to sign and to judge: no more waits for them."""
    community = pages.overseen(request, slug)
    pages.require(facilitator | sponsor, request.user, community)
    waiting = needs_in(request.user, community)
    parts = [Part(title, none, [one for one in waiting if one.phase in of]) for of, title, none in PHASES]
    context = {"community": community, "parts": parts, "n": len(waiting), "others": _others(request.user, community)}
    return render(request, "communities/desk.jinja", context)


def _others(person: Any, community: Community) -> list[Person]:
    """Who facilitates, too."""
    tending = Role.objects.visible_to(person).filter(community=community, kind=RoleKind.FACILITATOR).current()
    rows = tending.exclude(person=person.pk).select_related("person").order_by("person__name")
    return [role.person for role in rows]
