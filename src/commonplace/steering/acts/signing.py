"""Both sides sign before the start: the sponsor in person, the community by its own consent procedure."""

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.steering.evidence import Signed
from commonplace.steering.models import Card, Side, Signature
from commonplace.steering.policy import sponsor


def _can_be_signed(actor: Person, card: Card) -> None:
    if not card.is_newest:
        raise NotPossible(_("There is a newer card. Read and sign that one."))
    if Side.SPONSOR in card.sides:
        raise NotPossible(_("This side has signed already."))


@act("objective.signed", who=sponsor, evidence=Signed, guard=_can_be_signed, of=("objective.round_decided",))
def sign(actor: Person, card: Card) -> Written[Signature]:
    """Who: a sponsor; the community signs by deciding a round. Guard: the newest card, not signed by this side.

    Effect: a signature; with both, the card is in force.
    """
    row = Signature.objects.create(card=card, side=Side.SPONSOR, person=actor)
    return Written(row, Signed(number=card.number, side=Side.SPONSOR))
