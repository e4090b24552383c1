"""Who ever stood where in a round on a card, and which of it is current."""

from commonplace.ledger.replay import Recorded, Reducer, Row, of_each
from commonplace.objectifying.reducers.stances import Current, current_ones
from commonplace.steering.evidence import CardStanceTaken
from commonplace.steering.models import CardStance

ABOUT = "round__card__objective"

stances = of_each("stance on a card", CardStance, ABOUT, "round", "person", "unit", "stance")
current: Reducer[Current] = Reducer("current stances on objective", dict, current_ones(CardStance, ABOUT, "round"))


@stances.on("objective.stance")
def _taken(before: Row, act: Recorded, evidence: CardStanceTaken) -> Row:
    return evidence.proposal, act.actor, act.unit_id, evidence.stance.value


@current.on("objective.stance")
def _replaces_their_last(before: Current, act: Recorded, evidence: CardStanceTaken) -> Current:
    before[evidence.proposal, act.actor] = act.object
    return before
