"""At a review each side says how far the objective is attained. The two are never averaged."""

from datetime import timedelta

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.communities.wording import must_fit
from commonplace.consenting.guards import must_have_words
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.measuring.models import Figure, current
from commonplace.steering.evidence import Judged
from commonplace.steering.models import Card, Judgement, Side
from commonplace.steering.policy import speaks_for, steerer


def _can_be_judged(actor: Person, card: Card, *, side: Side, level: int, words: str) -> None:
    must_fit(Judgement(words=words), "words")
    if not speaks_for(side, actor, card):
        raise NotPossible(_("Each side judges for itself."))
    if card != card.objective.in_force:
        raise NotPossible(_("Only the card that both sides have signed is judged."))
    must_have_words(words, _("Say why you see it there."), "words")


@act("objective.judged", who=steerer, evidence=Judged, guard=_can_be_judged)
def judge(actor: Person, card: Card, *, side: Side, level: int, words: str) -> Written[Judgement]:
    """Who: a sponsor for theirs, a facilitator for the community. Guard: the card in force, a level of its five, words.
    Effect: a level with its reasons."""
    row = Judgement.objects.create(card=card, side=side, level=level, words=words, person=actor)
    today, beside = row.judged_at.astimezone(card.community.zone).date(), _figures_beside(card)
    due_on = (today + timedelta(days=card.review_days)).isoformat()
    return Written(row, Judged(number=card.number, side=side, level=level, figures=beside, due_on=due_on))


def _figures_beside(card: Card) -> list[str]:
    """Those that the card names and of which something was published by then."""
    latest = Figure.objects.latest_editions(card.community).everywhere("what stood beside the judgement")
    published = {name for name, figure in current(latest).items() if figure.value is not None or figure.band}
    return [metric for metric in card.metrics if metric in published]
