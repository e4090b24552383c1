"""T8, T8': a round is decided by its rule. T13, T14: what is accepted can be challenged, and a challenge is settled by a round."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities.models import Person
from commonplace.ledger import clock
from commonplace.ledger.act import Also, Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.registry import consequence
from commonplace.objectifying import policy
from commonplace.objectifying.consent import Lack, Stand, Tally, decidable
from commonplace.objectifying.evidence import ChallengeRaised, ChallengeSettled, Decided
from commonplace.objectifying.models import Agreement, Challenge, Practice, Proposal, Settlement
from commonplace.objectifying.possible import must_be_open, must_be_possible, must_be_said
from commonplace.objectifying.status import Kind, Outcome
from commonplace.objectifying.terms import tally

LACKS = {
    Lack.QUORUM: gettext_lazy("not enough people consent"),
    Lack.UNITS: gettext_lazy("those who consent belong to too few units"),
    Lack.OBJECTION: gettext_lazy("an objection stands"),
}


def _follows_the_rule(actor: Person, proposal: Proposal, *, outcome: Outcome, reason: str = "") -> None:
    must_be_open(proposal)
    counts = tally(proposal)
    if not proposal.is_closed_to_stances and not counts.all_have_spoken:
        raise NotPossible(_("The round is still open, and not everyone has spoken."))
    if outcome not in decidable(Kind(proposal.kind), counts):
        raise NotPossible(_what_the_rule_says(counts))
    if outcome != Outcome.ACCEPTED:
        must_be_said(reason, _("Say why, for those who wrote it and those who will look for it."))


@act("proposal.decided", who=policy.decider, evidence=Decided, guard=_follows_the_rule)
def decide(actor: Person, proposal: Proposal, *, outcome: Outcome, reason: str = "") -> Written[Proposal]:
    """Who: a facilitator without a part in it. Guard: closed or all have spoken; the rule leaves this outcome. Effect: decided.

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
    if proposal.kind == Kind.ACCEPTANCE:
        _agree(proposal)
        return ()
    return [_settle(actor, challenge, proposal) for challenge in _answered_by(proposal)]


def _can_be_challenged(actor: Person, practice: Practice, *, challenge: Challenge) -> None:
    must_be_possible("challenge.raised", practice)
    must_be_said(challenge.reason, _("Say why: what did not hold?"))
    if practice.challenges.open().filter(raised_by=actor).exists():
        raise NotPossible(_("Your challenge is open already."))


@act("challenge.raised", who=policy.member, evidence=ChallengeRaised, guard=_can_be_challenged)
def challenge(actor: Person, practice: Practice, *, challenge: Challenge) -> Written[Challenge]:
    """Who: any member, a newcomer too. Guard: it is accepted; a reason. Effect: the practice shows it at once, until it is settled."""
    challenge.practice, challenge.raised_by = practice, actor
    challenge.save(force_insert=True)
    return Written(challenge, ChallengeRaised(application=challenge.application))


def _settle(actor: Person, challenge: Challenge, proposal: Proposal) -> Also:
    row = Settlement.objects.create(
        challenge=challenge, proposal=proposal, outcome=proposal.outcome, reason=proposal.reason, settled_by=actor
    )
    if proposal.outcome != Outcome.UPHELD:
        _end_agreement(challenge.practice)
    return Also("challenge.settled", row, ChallengeSettled(outcome=Outcome(proposal.outcome), proposal=proposal.pk))


consequence(
    "challenge.settled",
    of=("proposal.decided",),
    evidence=ChallengeSettled,
    effect="A round that answers it is decided: upheld, under revision, retired. What ends the agreement answers every open one.",
)


def _answered_by(proposal: Proposal) -> list[Challenge]:
    open_ones = proposal.practice.challenges.open()
    if proposal.outcome == Outcome.UPHELD:
        return list(open_ones.filter(pk=proposal.challenge_id))
    return list(open_ones.filter(raised_at__lte=proposal.decided_at))


def _agree(proposal: Proposal) -> None:
    _end_agreement(proposal.practice)
    Agreement.objects.create(
        practice=proposal.practice, version=proposal.version, proposal=proposal, review_on=proposal.review_on
    )


def _end_agreement(practice: Practice) -> None:
    practice.agreements.in_force().update(ended_at=clock.now())


def _decided(proposal: Proposal, counts: Tally) -> Decided:
    concerns = proposal.stances.current().filter(stance=Stand.CONCERN).count()
    return Decided(
        matter=Kind(proposal.kind),
        outcome=Outcome(proposal.outcome),
        consents=counts.consents,
        eligible=counts.eligible,
        concerns=concerns,
        spoken=counts.spoken,
        units=counts.units,
    )


def _what_the_rule_says(counts: Tally) -> str:
    missing = counts.missing()
    if not missing:
        return _("The rule is met: enough consent and no objection stands. It leaves one decision, to accept.")
    return _("It cannot be accepted: %(reasons)s.") % {"reasons": ", ".join(str(LACKS[lack]) for lack in missing)}
