"""Both sides sign before the start: the sponsor in person, the community by its own consent procedure."""

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.consenting.kinds import Kind
from commonplace.consenting.models import Proposal
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
    if _spoke_for_the_community(actor, card):
        raise NotPossible(_("You took a stance on it as a member. Another sponsor signs for theirs."))
    if _is_asked_for_the_community(actor, card):
        raise NotPossible(
            _("The community asks you about it as a member. Another sponsor signs; or you do when its round is over.")
        )


def _is_asked_for_the_community(actor: Person, card: Card) -> bool:
    """Who was asked still says where they stand, whatever they became since."""
    rounds = Proposal.objects.on(card.objective, Kind.CARD).open()
    return rounds.filter(asked__person=actor.pk).everywhere("who speaks for the community").exists()


def _spoke_for_the_community(actor: Person, card: Card) -> bool:
    """Nobody signs for both sides, whichever role they were given since."""
    rounds = Proposal.objects.on(card.objective, Kind.CARD).filter(number=card.number)
    return rounds.filter(stances__person=actor.pk).everywhere("who spoke for the community").exists()


@act("objective.signed", who=sponsor, evidence=Signed, guard=_can_be_signed, of=("proposal.decided",))
def sign(actor: Person, card: Card) -> Written[Signature]:
    """Who: a sponsor; the community signs by its round. Guard: the newest card, not signed by this side; who took a
    stance on it as a member, or is asked for one, does not sign for the sponsors.

    Effect: a signature; with both, the card is in force.
    """
    row = Signature.objects.create(card=card, side=Side.SPONSOR, person=actor)
    return Written(row, Signed(number=card.number, side=Side.SPONSOR))
