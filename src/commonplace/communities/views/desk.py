"""The desk of who facilitates a community: first what is for them to do there, by phase, each with the act beside it;
then what they are asked as anybody."""

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
from commonplace.communities.policy import facilitator, speaker, sponsor
from commonplace.communities.waiting import needs_in
from commonplace.communities.welcoming import welcomers

PHASES: Sequence[tuple[tuple[str, ...], Promise, Promise]] = (
    (("ext",), _("Exchange"), _("No exchange waits.")),
    (("",), _("People, roles and objectives"), _("Nobody asks to join, and no objective is due.")),
    (("obj", "red"), _("Practices and rounds"), _("No practice and no round waits.")),
    (("int",), _("Use"), _("No use of a practice waits.")),
)


class Part(NamedTuple):
    """A phase at the desk: what waits in it, and the words where nothing does."""

    title: Promise
    nothing: Promise | str
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
        "parts": [part for part in _in_order(request.user, community) if part.needs],
        **_ways_in(request.user, community),
        "before": follows(request.user, community),
        **serving_here(request.user, community),
    }
    return render(request, "communities/desk.jinja", context)


def _in_order(person: Any, community: Community) -> list[Part]:
    """How many more of a kind there are stands with that kind. Of a sponsor all is their own word."""
    waiting = needs_in(person, community)
    if not facilitator.allows(person, community):
        return _by_phase(waiting)
    tending = {(need.by, need.phase) for need in waiting if need.act}
    tended = [need for need in waiting if need.act or (need.many and (need.by, need.phase) in tending)]
    own = [need for need in waiting if need not in tended]
    return [*_by_phase(tended), Part(_("What you are asked yourself"), "", own)]


def _ways_in(person: Any, community: Community) -> dict[str, Any]:
    welcomes = any(one.pk == person.pk for one in welcomers(person, community))
    may_welcome = not welcomes and speaker.allows(person, community)
    return {"may_tend": facilitator.allows(person, community), "may_welcome": may_welcome, "welcomes": welcomes}


def by_phase(person: Any, community: Community) -> list[Part]:
    return _by_phase(needs_in(person, community))


def _by_phase(waiting: Sequence[Need]) -> list[Part]:
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
