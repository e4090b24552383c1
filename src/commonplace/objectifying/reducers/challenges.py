"""Who challenged a practice, after which report, and by which round each challenge was settled."""

from commonplace.ledger.replay import Recorded, Row, of_each
from commonplace.objectifying.evidence import ChallengeRaised, ChallengeSettled
from commonplace.objectifying.models import Challenge, Settlement

challenges = of_each("challenge", Challenge, "practice", "practice", "raised_by", "application")
settlements = of_each("settlement", Settlement, "challenge__practice", "challenge", "outcome", "proposal", "settled_by")


@challenges.on("challenge.raised")
def _raised(before: Row, act: Recorded, evidence: ChallengeRaised) -> Row:
    return act.subject, act.actor, evidence.application


@settlements.on("challenge.settled")
def _settled(before: Row, act: Recorded, evidence: ChallengeSettled) -> Row:
    return evidence.challenge, evidence.outcome.value, evidence.proposal, act.actor
