"""How a round on a card stands, by the same rule as any agreement."""

from commonplace.ledger.once import once
from commonplace.objectifying.consent import Tally
from commonplace.objectifying.counting import counted
from commonplace.objectifying.status import Outcome
from commonplace.steering.models import Card, CardRound


def tally(card_round: CardRound) -> Tally:
    return once(("tally", card_round.pk), lambda: _tally(card_round))


def _tally(card_round: CardRound) -> Tally:
    stances = list(card_round.stances.filter(replaced_at=None))
    return counted(card_round, stances, [stance.person_id for stance in stances if stance.stands_against])


def may_end_with(card_round: CardRound) -> Outcome:
    """What was consented to is signed; not if another card has taken its place, or something is missing."""
    meets_the_rule = card_round.card.is_newest and not tally(card_round).missing()
    return Outcome.ACCEPTED if meets_the_rule else Outcome.RETURNED


def round_on(card: Card) -> CardRound | None:
    """The open round on a card, if there is one."""
    return card.rounds.filter(decided_at=None).first()
