"""What is written when challenges end: by a round, by a newer version, by nobody in time."""

from commonplace.consenting.counting import tally_of
from commonplace.consenting.kinds import Kind
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.recording import Also
from commonplace.objectifying.evidence import ChallengeSettled, PutAwayBy
from commonplace.objectifying.models import Challenge, Practice, PutAway, Settlement
from commonplace.objectifying.reports import FAILED, report, reports_on
from commonplace.objectifying.reviewing import ended, opened
from commonplace.objectifying.status import Due, Gone, Reviewed, Settled, Status


def settle(challenge: Challenge, outcome: Settled, proposal: Proposal | None = None) -> Also:
    reason = proposal.reason if proposal else ""
    row = Settlement.objects.create(challenge=challenge, proposal=proposal, outcome=outcome, reason=reason)
    evidence = ChallengeSettled(
        challenge=challenge.pk,
        outcome=outcome,
        proposal=proposal.pk if proposal else "",
        days_open=days_open(challenge),
    )
    return Also("challenge.settled", row, evidence)


def days_open(challenge: Challenge) -> int:
    return max((clock.now() - challenge.raised_at).days, 0)


def end_agreement(practice: Practice) -> None:
    practice.agreements.in_force().update(ended_at=clock.now())


def end_by(outcome: Settled, first: Challenge, proposal: Proposal | None) -> list[Also]:
    """The agreement ends, which answers every challenge; `first` is told first."""
    practice = first.practice
    reviewed = Reviewed.RETIRED if outcome == Settled.RETIRED else Reviewed.REVISED
    followed = ended(practice, reviewed, by_nonauthor=proposal is not None and tally_of(proposal).others_consent > 0)
    end_agreement(practice)
    others = practice.challenges.open().exclude(pk=first.pk).order_by("raised_at", "pk")
    gone = [retire(practice, proposal)] if outcome == Settled.RETIRED and proposal else []
    return [*(settle(one, outcome, proposal) for one in (first, *others)), *followed, *gone]


def retire(practice: Practice, proposal: Proposal, replacement: str = "") -> Also:
    """By a round on its end, or on a challenge. `replacement`: what people use instead, by id."""
    why = Gone.CHALLENGED if proposal.matter == Kind.SETTLEMENT else Gone.ENDED
    how = Status.REPLACED if replacement else Status.RETIRED
    row = PutAway.objects.create(
        practice=practice, how=how, replacement_id=replacement or None, proposal=proposal, reason=proposal.aim
    )
    return Also(f"practice.{how}", row, PutAwayBy(why=why, replacement=replacement, proposal=proposal.pk))


def without_a_round(challenge: Challenge, proposal: Proposal | None = None) -> list[Also]:
    """Under revision where a second member shares it or a failed report stands behind it; else the next review opens.

    `proposal`: the round that missed its quorum again, if it was that.
    """
    if is_supported(challenge):
        return end_by(Settled.UNDER_REVISION, challenge, proposal)
    practice = challenge.practice
    agreement = practice.agreements.in_force().first()  # What another authority has in force is not agreed on.
    due = [opened(agreement, Due.UNSETTLED)] if agreement and not practice.open_review else []
    return [settle(challenge, Settled.UNSETTLED, proposal), *due]


def is_supported(challenge: Challenge) -> bool:
    return challenge.shares.exists() or has_failed(challenge)


def has_failed(challenge: Challenge) -> bool:
    """The report that it came from says so."""
    if not challenge.application:
        return False
    acts = reports_on(challenge.practice).filter(object=challenge.application)
    return any(report(act).outcome == FAILED for act in acts)
