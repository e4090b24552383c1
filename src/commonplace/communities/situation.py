"""What the ledger notes of an actor at the time of an act: unit, newcomer or not, new to this work or not."""

from typing import Any

from commonplace.communities.models import Membership
from commonplace.ledger import clock
from commonplace.ledger.nobody import WORKER
from commonplace.ledger.situation import UNKNOWN, Situation, reads_situations


@reads_situations
def situation(person: Any, community: str) -> Situation:
    """`newcomer` is None and `experience` "" for someone who is not a member."""
    if person is WORKER:
        return UNKNOWN
    unit, membership = person.unit_id or "", _membership(person, community)
    if membership is None:
        return Situation(unit_id=unit)
    return Situation(unit, membership.is_newcomer(clock.now()), membership.experience)


def _membership(person: Any, community: str) -> Membership | None:
    if not community:
        return None
    here = Membership.objects.filter(community=community, person=person.pk).current().select_related("community")
    return here.everywhere("one's own footing").first()
