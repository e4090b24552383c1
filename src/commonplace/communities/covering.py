"""Who stands in for a facilitator who is away, who could, and who tends a community for the time being."""

from typing import Any

from django.db.models import QuerySet

from commonplace.communities.mentioning import able
from commonplace.communities.models import Membership, Person, Role, RoleKind
from commonplace.communities.zones import today

TENDS = "whoever tends a community is told what waits there"
WHY = "who could stand in is chosen from the members"


def can_stand_in(role: Role) -> QuerySet[Membership]:
    """Members with a way in, no bots, who neither sponsor the community nor are away; of a sponsor's role nobody."""
    here = Role.objects.filter(community=role.community_id).everywhere(WHY)
    unfit = here.filter(kind=RoleKind.SPONSOR).current() | here.away(today())
    members: Any = able(role.community_id).exclude(person=role.person_id).everywhere(WHY)
    fit = members.exclude(person__in=unfit.values("person")) if role.kind == RoleKind.FACILITATOR else members.none()
    rows: QuerySet[Membership] = fit.select_related("person").order_by("person__name", "pk")
    return rows


def people_for(role: Role) -> list[Person]:
    return [one.person for one in can_stand_in(role)]


def who_tends(community: str) -> list[str]:
    """Ids of who facilitates, here or away, and of who stands in."""
    roles = Role.objects.filter(community=community).everywhere(TENDS)
    holders = roles.filter(kind=RoleKind.FACILITATOR).current().values_list("person", flat=True)
    return list(holders.union(roles.covered(today()).values_list("stand_in", flat=True)))
