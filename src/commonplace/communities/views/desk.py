"""The desk of who facilitates a community: what waits for them there, by phase, each with the act beside it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonplace.communities import pages
from commonplace.communities.checklist import follows
from commonplace.communities.contributions import Need
from commonplace.communities.models import Community, Role, RoleKind
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

    @property
    def n(self) -> int:
        return sum(need.many or 1 for need in self.needs)


def show(request: Visit, slug: str) -> HttpResponse:
    """A sponsor sees what is theirs to sign and to judge: no more waits for them."""
    community = pages.overseen(request, slug)
    pages.require(facilitator | sponsor, request.user, community)
    context = {
        "community": community,
        "parts": [part for part in by_phase(request.user, community) if part.needs],
        "before": follows(request.user, community),
        **serving_here(request.user, community),
    }
    return render(request, "communities/desk.jinja", context)


def by_phase(person: Any, community: Community) -> list[Part]:
    waiting = needs_in(person, community)
    return [Part(title, none, [one for one in waiting if one.phase in of]) for of, title, none in PHASES]


def serving_here(person: Any, community: Community) -> dict[str, list[Role]]:
    """`others`: who facilitates, too; `away`: of all who serve; `mine`: roles from which one may be away."""
    here = Role.objects.visible_to(person).filter(community=community).exclude(kind=RoleKind.STEWARD).current()
    rows = list(here.select_related("person", "stand_in", "community").order_by("person__name"))
    return {
        "others": [one for one in rows if one.kind == RoleKind.FACILITATOR and one.person_id != person.pk],
        "away": [one for one in rows if one.is_away],
        "mine": [one for one in rows if one.person_id == person.pk],
    }
