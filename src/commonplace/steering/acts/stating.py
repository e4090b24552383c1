"""An objective is stated; a change of it is another card."""

from django.utils.translation import gettext as _

from commonplace.communities.models import Community, Person
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.steering.evidence import CardWritten
from commonplace.steering.models import Card, Objective
from commonplace.steering.policy import steerer


@act("objective.stated", who=steerer, evidence=CardWritten)
def state(actor: Person, community: Community, *, card: Card) -> Written[Objective]:
    """Who: a sponsor or a facilitator. Guard: none.
    Effect: an objective with its first card, which nobody has signed."""
    objective = Objective.objects.create(community=community, stated_by=actor)
    _put(actor, objective, card, number=1)
    return Written(objective, CardWritten(number=1, metric_ids=card.metrics))


def _differs(actor: Person, objective: Objective, *, card: Card) -> None:
    if all(getattr(card, name) == getattr(objective.latest, name) for name in Card.WORDING):
        raise NotPossible(_("Nothing has changed on the card."))


@act("objective.card_written", who=steerer, evidence=CardWritten, guard=_differs)
def write_card(actor: Person, objective: Objective, *, card: Card) -> Written[Card]:
    """Who: a sponsor or a facilitator. Guard: something changed.
    Effect: a card with the next number; the one in force stays so until both sides have signed the new one."""
    number = objective.latest.number + 1
    _put(actor, objective, card, number)
    return Written(card, CardWritten(number=number, metric_ids=card.metrics))


def _put(actor: Person, objective: Objective, card: Card, number: int) -> None:
    card.objective, card.number, card.written_by = objective, number, actor
    card.save(force_insert=True)
