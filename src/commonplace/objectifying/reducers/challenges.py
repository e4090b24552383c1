"""Who challenged a practice, on what ground, after which report; who shares it; how each challenge ended."""

from commonplace.ledger.replay import Recorded, Row, of_each
from commonplace.objectifying.evidence import ChallengeRaised, ChallengeSettled, ChallengeShared, ChallengeTakenBack
from commonplace.objectifying.models import Challenge, Settlement, Share
from commonplace.objectifying.status import Settled

RAISED = ("practice", "raised_by", "ground", "number", "application")
challenges = of_each("challenge", Challenge, "practice", *RAISED)
shares = of_each("shared challenge", Share, "challenge__practice", "challenge", "person")
settlements = of_each("settlement", Settlement, "challenge__practice", "challenge", "outcome", "proposal")


@challenges.on("challenge.raised")
def _raised(before: Row, act: Recorded, evidence: ChallengeRaised) -> Row:
    return act.subject, act.actor, evidence.ground.value, evidence.number, evidence.application


@shares.on("challenge.shared")
def _shared(before: Row, act: Recorded, evidence: ChallengeShared) -> Row:
    return evidence.challenge, act.actor


@settlements.on("challenge.settled")
def _settled(before: Row, act: Recorded, evidence: ChallengeSettled) -> Row:
    return evidence.challenge, evidence.outcome.value, evidence.proposal or None


@settlements.on("challenge.taken_back")
def _taken_back(before: Row, act: Recorded, evidence: ChallengeTakenBack) -> Row:
    return evidence.challenge, Settled.TAKEN_BACK.value, None
