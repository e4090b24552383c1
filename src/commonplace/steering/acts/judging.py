"""At a review each side says how far the objective is attained. The two are never averaged."""

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.steering.evidence import Judged
from commonplace.steering.models import Card, Judgement, Side
from commonplace.steering.policy import speaks_for, steerer


def _can_be_judged(actor: Person, card: Card, *, side: Side, level: int, words: str) -> None:
    if not speaks_for(side, actor, card):
        raise NotPossible(_("Each side judges for itself."))
    if card != card.objective.in_force:
        raise NotPossible(_("Only the card that both sides have signed is judged."))


@act("objective.judged", who=steerer, evidence=Judged, guard=_can_be_judged)
def judge(actor: Person, card: Card, *, side: Side, level: int, words: str) -> Written[Judgement]:
    """Who: a sponsor for theirs, a facilitator for the community. Guard: the card in force.
    Effect: a level with its reasons."""
    row = Judgement.objects.create(card=card, side=side, level=level, words=words, person=actor)
    return Written(row, Judged(number=card.number, side=side, level_judged=level))
