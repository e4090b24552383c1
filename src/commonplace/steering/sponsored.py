"""The home of whoever sponsors: what they and their communities want to attain, and what they do not see, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from commonplace.communities.contributions import HomePart, Panel
from commonplace.communities.models import Community, RoleKind
from commonplace.communities.models.footing import footings
from commonplace.steering.models import Objective
from commonplace.steering.standing import Standing, standings

IN_FULL, MOST, MOST_PLACES = 3, 6, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Sponsored(Panel):
    """`places`: each community with its newest objectives, MOST; while these are few, with each level in its words.
    `more`: there are more communities."""

    template = "steering/sponsored.jinja"
    places: Mapping[Community, Sequence[Standing]]
    more: bool
    in_full: bool
    sees_no_person: bool
    k: int


def sponsored(person: Any) -> Sponsored | None:
    """`sees_no_person`: in one of these places at least, which is the half of it that they would miss."""
    here = {pk: one for pk, one in footings(person).items() if one.serves_as(RoleKind.SPONSOR)}
    if not here:
        return None
    every = Community.objects.visible_to(person).filter(pk__in=here).order_by("title", "pk")[: MOST_PLACES + 1]
    places = list(every)[:MOST_PLACES]
    shown = standings(_newest_of_each(person, places), person)
    by_place = {place: [one for one in shown if one.objective.community_id == place.pk] for place in places}
    return Sponsored(
        places=by_place,
        more=len(every) > MOST_PLACES,
        in_full=len(shown) <= IN_FULL,
        sees_no_person=not all(one.may_read for one in here.values()),
        k=settings.K_ANONYMITY,
    )


def _newest_of_each(person: Any, places: Sequence[Community]) -> Any:
    rows = Objective.objects.visible_to(person).filter(community__in=[place.pk for place in places])
    order = Window(RowNumber(), partition_by="community", order_by=[F("stated_at").desc(), F("pk").desc()])
    return rows.annotate(nth=order).filter(nth__lte=MOST).order_by("-stated_at", "-pk")


PART = HomePart("sponsored", sponsored)
