"""The community consents to a card or returns it: by a rule fixed before, where silence signs nothing."""

from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.decision_rule import must_be_within_reach
from commonplace.communities.models import Person
from commonplace.communities.ways import Way
from commonplace.communities.wording import must_fit
from commonplace.ledger import clock
from commonplace.ledger.act import ANYTHING, Also, Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.possible import must_have_words
from commonplace.objectifying.status import Outcome
from commonplace.objectifying.terms import closing_day, terms
from commonplace.steering.evidence import CardRoundDecided, CardRoundOpened, CardStanceTaken, Signed
from commonplace.steering.models import Card, CardRound, CardStance, Side, Signature
from commonplace.steering.policy import decider, deciders, member, speaker
from commonplace.steering.rounds import may_end_with, tally


def _can_be_opened(actor: Person, card: Card) -> None:
    fixed = terms(card.community)
    if not card.is_newest or Side.COMMUNITY in card.sides:
        raise NotPossible(_("A round is about the newest card, before the community has signed it."))
    if card.rounds.filter(decided_at=None).exists():
        raise NotPossible(_("A round on this card is open already."))
    if not deciders(card, actor):
        raise NotPossible(
            _(
                "Nobody could decide: it takes a facilitator, no sponsor, "
                "who neither wrote the card nor opened the round. Another member may open it, or find one first."
            ),
            way=Way.ROLES,
        )
    must_be_within_reach(fixed.quorum, fixed.eligible)


@act("objective.round_opened", who=member, evidence=CardRoundOpened, guard=_can_be_opened)
def open_round(actor: Person, card: Card) -> Written[CardRound]:
    """Who: a member. Guard: the newest card, unsigned, no open round, enough people, somebody to decide.
    Effect: the community is asked."""
    fixed = terms(card.community)
    rule = {"eligible": fixed.eligible, "quorum": fixed.quorum, "units_needed": fixed.units_needed}
    row = CardRound.objects.create(card=card, opened_by=actor, closes_at=fixed.closes_at, **rule)
    return Written(row, CardRoundOpened(number=card.number, closes_on=closing_day(row.closes_at), **rule))


def _can_be_spoken_in(actor: Person, card_round: CardRound, *, stance: Stand, reason: str = "") -> None:
    if card_round.decided_at or card_round.is_closed_to_stances:
        raise NotPossible(_("This round is closed."))
    if not CardRound.objects.filter(pk=card_round.pk).may_be_spoken_in_by(actor).everywhere("guard").exists():
        raise NotPossible(_("You joined after this round was opened. You can speak in the next one."))
    must_fit(CardStance(reason=reason), "reason")
    if stance in (Stand.CONCERN, Stand.OBJECT):
        must_have_words(reason, _("Say why, so that it can be met."))
    if card_round.stances.filter(person=actor, replaced_at=None, stance=stance, reason=reason).exists():
        raise NotPossible(_("You have said so already."))


def _any_stance(actor: Person, card_round: CardRound) -> dict[str, Any]:
    return {"stance": Stand.CONSENT, "reason": ANYTHING}


@act("objective.stance", who=speaker, evidence=CardStanceTaken, guard=_can_be_spoken_in, supposing=_any_stance)
def speak(actor: Person, card_round: CardRound, *, stance: Stand, reason: str = "") -> Written[CardStance]:
    """Who: a member since before the round, not a sponsor. Guard: in time; reasons for a concern or an objection.
    Effect: it replaces their last stance."""
    card_round.stances.filter(person=actor, replaced_at=None).update(replaced_at=clock.now())
    row = CardStance.objects.create(
        round=card_round, person=actor, stance=stance, reason=reason, unit=actor.unit_id or ""
    )
    return Written(row, CardStanceTaken(proposal=card_round.pk, stance=stance))


def _follows_the_rule(actor: Person, card_round: CardRound, *, outcome: Outcome, reason: str = "") -> None:
    must_fit(CardRound(reason=reason), "reason")
    if card_round.decided_at:
        raise NotPossible(_("This round is decided already."))
    if not card_round.is_closed_to_stances and not tally(card_round).all_have_spoken:
        raise NotPossible(_("The round is still open, and not everyone has spoken."))
    if outcome != may_end_with(card_round):
        raise NotPossible(_("The rule, fixed beforehand, leaves another outcome."))
    if outcome == Outcome.RETURNED:
        must_have_words(reason, _("Say why it is returned."))


def _what_the_rule_leaves(actor: Person, card_round: CardRound) -> dict[str, Any]:
    return {"outcome": may_end_with(card_round), "reason": ANYTHING}


@act(
    "objective.round_decided",
    who=decider,
    evidence=CardRoundDecided,
    guard=_follows_the_rule,
    supposing=_what_the_rule_leaves,
)
def decide_round(actor: Person, card_round: CardRound, *, outcome: Outcome, reason: str = "") -> Written[CardRound]:
    """Who: a facilitator without a part in it. Guard: closed or all have spoken; the rule's outcome.
    Effect: the community signs, or not; never a card that another has replaced."""
    counts = tally(card_round)
    card_round.outcome, card_round.reason = outcome, reason
    card_round.decided_at, card_round.decided_by = clock.now(), actor
    card_round.save(update_fields=["outcome", "reason", "decided_at", "decided_by"])
    signed = [_sign(actor, card_round)] if outcome == Outcome.ACCEPTED else []
    evidence = CardRoundDecided(outcome=outcome, consents=counts.consents, spoken=counts.spoken)
    return Written(card_round, evidence, also=signed)


def _sign(actor: Person, card_round: CardRound) -> Also:
    row = Signature.objects.create(card=card_round.card, side=Side.COMMUNITY, person=actor, proposal=card_round.pk)
    signed = Signed(number=card_round.card.number, side=Side.COMMUNITY, proposal=card_round.pk)
    return Also("objective.signed", row, signed)
