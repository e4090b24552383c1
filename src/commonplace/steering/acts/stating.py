"""An objective is stated; a change of it is another card."""

from django.utils.translation import gettext as _

from commonplace.communities.models import Community, Person
from commonplace.communities.wording import must_fit
from commonplace.ledger import clock
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.measuring.metrics import DECLARED
from commonplace.steering.evidence import CardWritten
from commonplace.steering.models import Card, Objective
from commonplace.steering.policy import steerer
from commonplace.untrusted.visible import is_blank


def _can_be_stated(actor: Person, community: Community, *, card: Card) -> None:
    must_fit(card, *Card.WORDS)
    if any(is_blank(getattr(card, name)) for name in Card.WORDS):
        raise NotPossible(_("Say all that the card asks for: what, why, for whom, from where, and each level."))
    if card.horizon <= clock.now().astimezone(community.zone).date():
        raise NotPossible(_("Choose a day that is still to come."))
    if set(card.metrics) - DECLARED.keys():
        raise NotPossible(_("Choose among the figures of the cycle."))


@act("objective.stated", who=steerer, evidence=CardWritten, guard=_can_be_stated)
def state(actor: Person, community: Community, *, card: Card) -> Written[Objective]:
    """Who: a sponsor or a facilitator. Guard: a whole card, its horizon still to come.
    Effect: an objective with its first card, which nobody has signed."""
    objective = Objective.objects.create(community=community, stated_by=actor)
    return Written(objective, _put(actor, objective, card, number=1))


def _can_be_written(actor: Person, objective: Objective, *, card: Card, base: Card) -> None:
    _can_be_stated(actor, objective.community, card=card)
    if base != objective.latest:
        raise NotPossible(_("There is a newer card. Read it, and change that one."))
    if all(getattr(card, name) == getattr(base, name) for name in Card.WORDING):
        raise NotPossible(_("Nothing has changed on the card."))


@act("objective.card_written", who=steerer, evidence=CardWritten, guard=_can_be_written)
def write_card(actor: Person, objective: Objective, *, card: Card, base: Card) -> Written[Card]:
    """Who: a sponsor or a facilitator. Guard: a whole card that changes the newest one, its horizon still to come.
    Effect: a card with the next number; the one in force stays so until both sides have signed the new one."""
    return Written(card, _put(actor, objective, card, base.number + 1))


def _put(actor: Person, objective: Objective, card: Card, number: int) -> CardWritten:
    card.objective, card.number, card.written_by = objective, number, actor
    card.save(force_insert=True)
    return CardWritten(number=number, metric_ids=card.metrics, horizon_on=card.horizon.isoformat())
