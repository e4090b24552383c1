"""What the ledger notes of an actor at the time of an act: unit, and whether a newcomer."""

from typing import TypedDict

from commonplace.communities.footing import footing
from commonplace.communities.models import Community, Person
from commonplace.ledger import clock


class Situation(TypedDict):
    unit: str
    newcomer: bool | None


def situation(person: Person, community: Community) -> Situation:
    """`newcomer` is None for someone who is not a member."""
    membership = footing(person, community).membership
    return Situation(unit=person.unit, newcomer=membership.is_newcomer(clock.now()) if membership else None)
