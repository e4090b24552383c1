"""T8, T8', T14: a round is decided by its rule; accepted, a version is agreed on, or a challenge is settled."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities.models import Person
from commonplace.communities.wording import must_fit
from commonplace.ledger import clock
from commonplace.ledger.act import ANYTHING, Also, Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.registry import consequence
from commonplace.objectifying import policy
from commonplace.objectifying.consent import How, Lack, Stand, Tally, decidable
from commonplace.objectifying.counting import bots_since, tally
from commonplace.objectifying.evidence import ChallengeSettled, Decided
from commonplace.objectifying.models import Agreement, Challenge, Practice, Proposal, Settlement
from commonplace.objectifying.possible import must_be_open, must_have_words
from commonplace.objectifying.status import Matter, Outcome

LACKS = {
    Lack.QUORUM: gettext_lazy("not enough people consent"),
    Lack.UNITS: gettext_lazy("those who consent belong to too few units"),
    Lack.OBJECTION: gettext_lazy("an objection stands"),
}


def _follows_the_rule(actor: Person, proposal: Proposal, *, outcome: Outcome, reason: str = "") -> None:
    must_be_open(proposal)
    must_fit(Proposal(reason=reason), "reason")
    counts = tally(proposal)
    if not proposal.is_closed_to_stances and not counts.all_have_spoken:
        raise NotPossible(_("The round is still open, and not everyone has spoken."))
    if outcome not in decidable(Matter(proposal.matter), counts):
        raise NotPossible(_what_the_rule_says(counts))
    if outcome != Outcome.ACCEPTED:
        must_have_words(reason, _("Say why, for those who wrote it and those who will look for it."))


def _what_the_rule_leaves(actor: Person, proposal: Proposal) -> dict[str, Any]:
    return {"outcome": decidable(Matter(proposal.matter), tally(proposal))[0], "reason": ANYTHING}


@act(
    "proposal.decided",
    who=policy.decider,
    evidence=Decided,
    guard=_follows_the_rule,
    supposing=_what_the_rule_leaves,
)
def decide(actor: Person, proposal: Proposal, *, outcome: Outcome, reason: str = "") -> Written[Proposal]:
    """Who: a facilitator without a part in it. Guard: closed or all have spoken; the rule leaves this outcome.
    Effect: decided.

    Accepted, a version becomes the agreement in force; an outcome of a challenge settles it.
    """
    counts = tally(proposal)
    accepted = outcome == Outcome.ACCEPTED
    proposal.outcome = proposal.proposed_outcome if accepted else outcome
    proposal.decided_at, proposal.decided_by, proposal.reason = clock.now(), actor, reason
    proposal.save(update_fields=["outcome", "decided_at", "decided_by", "reason"])
    return Written(proposal, _decided(proposal, counts), also=_consequences(actor, proposal) if accepted else ())


def _consequences(actor: Person, proposal: Proposal) -> Sequence[Also]:
    """An agreement on the version; or each challenge that the round answers is settled."""
    if proposal.matter == Matter.ACCEPTANCE:
        _agree(proposal)
        return ()
    return [_settle(actor, challenge, proposal) for challenge in _answered_by(proposal)]


consequence(
    "challenge.settled",
    of=("proposal.decided",),
    evidence=ChallengeSettled,
    effect="Who: nobody alone. Guard: a round that answers it is decided, and its outcome accepted. "
    "Effect: upheld, under revision, or retired.",
)


def _settle(actor: Person, challenge: Challenge, proposal: Proposal) -> Also:
    row = Settlement.objects.create(
        challenge=challenge, proposal=proposal, outcome=proposal.outcome, reason=proposal.reason, settled_by=actor
    )
    if proposal.outcome != Outcome.UPHELD:
        _end_agreement(challenge.practice)
    return Also("challenge.settled", row, _settled(row))


def _settled(row: Settlement) -> ChallengeSettled:
    return ChallengeSettled(
        challenge=row.challenge_id,
        outcome=Outcome(row.outcome),
        proposal=row.proposal_id,
        days_open=_days_since(row.challenge.raised_at),
    )


def _days_since(moment: datetime) -> int:
    return max((clock.now() - moment).days, 0)


def _answered_by(proposal: Proposal) -> list[Challenge]:
    """The agreement upheld, the others go on; its end answers all."""
    open_ones = proposal.practice.challenges.open()
    if proposal.outcome == Outcome.UPHELD:
        return list(open_ones.filter(pk=proposal.challenge_id))
    return list(open_ones)


def _agree(proposal: Proposal) -> None:
    _end_agreement(proposal.practice)
    Agreement.objects.create(
        practice=proposal.practice, version=proposal.version, proposal=proposal, review_on=proposal.review_on
    )


def _end_agreement(practice: Practice) -> None:
    practice.agreements.in_force().update(ended_at=clock.now())


def _decided(proposal: Proposal, counts: Tally) -> Decided:
    stances = proposal.stances.current().exclude(person__in=bots_since(proposal))
    parties = policy.parties(proposal.version, proposal.opened_by_id, proposal.challenge)
    return Decided(
        matter=Matter(proposal.matter),
        number=proposal.version.number,
        outcome=Outcome(proposal.outcome),
        consents=counts.consents,
        others_consent=stances.counting().exclude(person__in=parties).count(),
        eligible=counts.eligible,
        spoken=counts.spoken,
        concerns=stances.filter(stance=Stand.CONCERN).count(),
        objections=proposal.objections.count(),
        integrated=proposal.objections.filter(how=How.CHANGE).count(),
        standing=counts.standing,
        units=counts.units,
        consent_units=stances.counting().units(),
        days_open=_days_since(proposal.opened_at),
    )


def _what_the_rule_says(counts: Tally) -> str:
    missing = counts.missing()
    if not missing:
        return _("The rule is met: enough consent and no objection stands. It leaves one decision, to accept.")
    return _("It cannot be accepted: %(reasons)s.") % {"reasons": ", ".join(str(LACKS[lack]) for lack in missing)}
