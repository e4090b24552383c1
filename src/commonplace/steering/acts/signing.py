"""Both sides sign before the start: the sponsor in person, the community by its own consent procedure."""

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.steering.evidence import Signed
from commonplace.steering.models import Card, Side, Signature
from commonplace.steering.policy import speaks_for, steerer


def _is_theirs_to_sign(actor: Person, card: Card, *, side: Side, proposal: str = "") -> None:
    if not speaks_for(side, actor, card):
        raise NotPossible(_("Each side signs for itself."))
    if side == Side.COMMUNITY and not proposal:
        raise NotPossible(_("The community signs by consent: open a round on this card."))
    if card.number != card.objective.latest.number:
        raise NotPossible(_("There is a newer card. Read and sign that one."))
    if side in card.sides:
        raise NotPossible(_("This side has signed already."))


@act("objective.signed", who=steerer, evidence=Signed, guard=_is_theirs_to_sign)
def sign(actor: Person, card: Card, *, side: Side, proposal: str = "") -> Written[Signature]:
    """Who: a sponsor for theirs; a facilitator, deciding a round, for the community's.
    Guard: the newest card, its own side, not signed yet, and for the community a round that accepted it.
    Effect: a signature; with both, the card is in force."""
    row = Signature.objects.create(card=card, side=side, person=actor, proposal=proposal)
    return Written(row, Signed(card.number, side))
