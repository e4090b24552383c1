"""The home of whoever sponsors: what they and their communities want to attain, and what they do not see, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from commonplace.communities.contributions import HomePart, Panel
from commonplace.communities.models import Community, RoleKind
from commonplace.communities.models.footing import footings
from commonplace.steering.models import Objective
from commonplace.steering.standing import Standing, standings

IN_FULL, MOST, MOST_PLACES = 3, 24, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Sponsored(Panel):
    """`places`: each community with its objectives; while these are few, with each level in its words."""

    template = "steering/sponsored.jinja"
    places: Mapping[Community, Sequence[Standing]]
    in_full: bool
    sees_no_person: bool
    k: int


def sponsored(person: Any) -> Sponsored | None:
    """`sees_no_person`: in one of these places at least, which is the half of it that they would miss."""
    here = {pk: one for pk, one in footings(person).items() if one.serves_as(RoleKind.SPONSOR)}
    if not here:
        return None
    places = Community.objects.visible_to(person).filter(pk__in=here).order_by("title")[:MOST_PLACES]
    rows = Objective.objects.visible_to(person).filter(community__in=here).order_by("-stated_at")
    shown = standings(rows[:MOST], person)
    by_place = {place: [one for one in shown if one.objective.community_id == place.pk] for place in places}
    return Sponsored(
        places=by_place,
        in_full=len(shown) <= IN_FULL,
        sees_no_person=not all(one.may_read for one in here.values()),
        k=settings.K_ANONYMITY,
    )


PART = HomePart("sponsored", sponsored)
