"""What the ledger notes of an actor at the time of an act: unit, newcomer or not, new to this work or not."""

from typing import Any

from commonplace.communities.models import Membership
from commonplace.ledger import clock
from commonplace.ledger.situation import Situation, reads_situations


@reads_situations
def situation(person: Any, community: str) -> Situation:
    """`newcomer` is None for someone who is not a member."""
    here = Membership.objects.filter(community=community, person=person.pk, left_at=None).everywhere(
        "one's own footing"
    )
    membership = here.first() if community else None
    if membership is None:
        return Situation(unit_id=person.unit_id or "")
    return Situation(unit_id=person.unit_id or "", newcomer=membership.is_newcomer(clock.now()))
