"""The rounds by which a community consents to a card."""

from commonplace.consenting.kinds import Kind
from commonplace.consenting.models import Proposal
from commonplace.steering.models import Objective


def round_on(objective: Objective) -> Proposal | None:
    """The open round on its newest card."""
    rounds = Proposal.objects.on(objective, Kind.CARD).open().everywhere("who sees an objective sees that it is asked")
    return rounds.select_related("community").first()


def to_sign(objective: Objective) -> Proposal:
    """A round on its newest card."""
    return Proposal(matter=Kind.CARD, number=objective.latest.number)
