"""Who challenged a practice, on what ground, after which report; who shares it; which versions say that they answer it;
how each challenge ended."""

from commonplace.ledger.replay import Recorded, Reducer, Row, Span, gathered, of_each
from commonplace.objectifying.evidence import (
    ChallengeRaised,
    ChallengeSettled,
    ChallengeShared,
    ChallengeTakenBack,
    VersionAdded,
)
from commonplace.objectifying.models import Answer, Challenge, Settlement, Share
from commonplace.objectifying.status import Settled

RAISED = ("practice", "raised_by", "ground", "number", "application")
Named = set[tuple[int, str]]
"""Number of a version, and a challenge that it says it answers."""


def _named(span: Span) -> dict[str, Named]:
    rows = Answer.objects.filter(span.within("version__practice")).everywhere("check")
    columns = rows.values_list("version__practice", "version__number", "challenge")
    return gathered((pk, (number, challenge)) for pk, number, challenge in columns)


challenges = of_each("challenge", Challenge, "practice", *RAISED)
shares = of_each("shared challenge", Share, "challenge__practice", "challenge", "person")
named: Reducer[Named] = Reducer("named challenges", set, _named)
settlements = of_each("settlement", Settlement, "challenge__practice", "challenge", "outcome", "proposal")


@challenges.on("challenge.raised")
def _raised(before: Row, act: Recorded, evidence: ChallengeRaised) -> Row:
    return act.subject, act.actor, evidence.ground.value, evidence.number, evidence.application


@shares.on("challenge.shared")
def _shared(before: Row, act: Recorded, evidence: ChallengeShared) -> Row:
    return evidence.challenge, act.actor


@named.on("practice.version_added")
def _answers(before: Named, act: Recorded, evidence: VersionAdded) -> Named:
    return before | {(evidence.number, challenge) for challenge in evidence.answers}


@settlements.on("challenge.settled")
def _settled(before: Row, act: Recorded, evidence: ChallengeSettled) -> Row:
    return evidence.challenge, evidence.outcome.value, evidence.proposal or None


@settlements.on("challenge.taken_back")
def _taken_back(before: Row, act: Recorded, evidence: ChallengeTakenBack) -> Row:
    return evidence.challenge, Settled.TAKEN_BACK.value, None
