"""What is open in a community and somebody's: for them before they hand their role over, and for who follows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise

from commonplace.communities.calendar import Dates, DueDate
from commonplace.communities.contributions import contributed
from commonplace.communities.entrusted import MOST_CHARGES, Charge, Entrusted
from commonplace.communities.evidence import RoleHandedOver
from commonplace.communities.models import Community, Person, Role, RoleKind
from commonplace.ledger import clock
from commonplace.ledger.models import Act

AHEAD, LATELY = timedelta(days=60), timedelta(days=30)
WHY = "who handed the role over is known to who follows"


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """What somebody looks after, of one kind. `more`: than are shown."""

    what: Promise
    nothing: Promise
    act: Promise
    charges: list[Charge]
    more: bool


def looked_after(reader: Any, person: Any, community: Community) -> list[LookedAfter]:
    return [_looked(one, list(one.charges(reader, person, community))) for one in contributed(Entrusted)]


def _looked(one: Entrusted, charges: list[Charge]) -> LookedAfter:
    return LookedAfter(one.what, one.nothing, one.act, charges[:MOST_CHARGES], len(charges) > MOST_CHARGES)


def due(person: Any, community: Community) -> list[DueDate]:
    """In the next sixty days, the soonest first."""
    return sorted(_due(person, community, clock.now()), key=lambda one: (one.on.isoformat(), one.uid))


def _due(person: Any, community: Community, now: datetime) -> Iterator[DueDate]:
    here = community.get_absolute_url()
    for source in contributed(Dates):
        yield from (one for one in source.due(person, now, now + AHEAD) if one.href.startswith(here))


def follows(person: Any, community: Community) -> Person | None:
    """From whom this person took the role of facilitator over lately."""
    since = clock.now() - LATELY
    mine = Role.objects.filter(community=community, person=person.pk, kind=RoleKind.FACILITATOR, granted_at__gt=since)
    role = mine.current().everywhere(WHY).first()
    act = role and Act.objects.filter(verb="role.handed_over", object=role.pk).everywhere(WHY).first()
    return Person.objects.filter(pk=RoleHandedOver.of(act).person).first() if act else None
