"""What a practice went through, and the status that follows (theory §2.2). Pure: acts, replay and tests share it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self, TypeVar

from commonplace.consenting.evidence import Amended, Decided, ProposalOpened, Withdrawn
from commonplace.consenting.kinds import Kind, Outcome
from commonplace.ledger.evidence import Evidence
from commonplace.objectifying.evidence import (
    Brought,
    ChallengeRaised,
    ChallengeSettled,
    ChallengeTakenBack,
    Distilled,
    MinorAgreed,
    MinorEdited,
    PutAwayBy,
    VersionAdded,
)
from commonplace.objectifying.status import KEPT, Origin, Status

E = TypeVar("E", bound=Evidence)


@dataclass(frozen=True, slots=True)
class Course:
    """The status of one practice, and what decides it. Numbers are of versions, 0 is none.

    `rounds`: those that are open; `on`: the version whose acceptance one of them is about. `last_agreed`: what people
    read while nothing is agreed; `brought`: what is in force by another authority. `moved_at`: when it was last news,
    written down or decided on.
    """

    community: str = ""
    origin: str = Origin.WRITTEN
    status: str = Status.EXTERNALIZED
    latest: int = 0
    complete: bool = False
    rounds: int = 0
    on: int = 0
    agreed: int = 0
    last_agreed: int = 0
    brought: int = 0
    refused: int = 0
    challenges: int = 0
    retired: bool = False
    replaced: bool = False
    set_aside: bool = False
    moved_at: datetime | None = None

    def with_status(self) -> Self:
        return replace(self, status=next(status for status, holds in self._readings() if holds))

    def _readings(self) -> tuple[tuple[Status, bool], ...]:
        """The first that holds is the status: what is agreed stays agreed while a new version of it is proposed."""
        return (
            (Status.REPLACED, self.replaced),
            (Status.RETIRED, self.retired),
            (Status.CONTESTED, self.challenges > 0),
            (Status.ACCEPTED, self.agreed > 0),
            (Status.PROPOSED, self.on > 0),
            (Status.UNDER_REVISION, self.last_agreed > 0),
            (Status.SET_ASIDE, self.set_aside),
            (Status.BROUGHT, self.brought > 0),
            (Status.NOT_ACCEPTED, 0 < self.latest == self.refused),
            (Status.CANDIDATE, self.complete),
            (Status.EXTERNALIZED, True),
        )


OF_PRACTICES = (Kind.ACCEPTANCE, Kind.SETTLEMENT, Kind.RETIREMENT)
Step = Callable[[Course, Any], Course]
STEPS: dict[str, Step] = {}


def after(course: Course, verb: str, evidence: Evidence) -> Course:
    """The course after an act and its evidence. Acts without an effect on the status change nothing."""
    step = STEPS.get(verb)
    return step(course, evidence).with_status() if step else course


def concerns(evidence: Evidence) -> bool:
    """Rounds are on other things too."""
    matter = getattr(evidence, "matter", None)
    return matter is None or matter in OF_PRACTICES


def _on(verb: str) -> Callable[[Callable[[Course, E], Course]], Callable[[Course, E], Course]]:
    def register(step: Callable[[Course, E], Course]) -> Callable[[Course, E], Course]:
        STEPS[verb] = step
        return step

    return register


@_on("practice.distilled")
def _distilled(course: Course, evidence: Distilled) -> Course:
    return replace(course, latest=1, complete=evidence.complete)


@_on("practice.brought")
def _brought(course: Course, evidence: Brought) -> Course:
    origin = Origin.TAKEN_OVER if evidence.from_practice else Origin.BROUGHT
    return replace(course, latest=1, complete=evidence.complete, brought=1, origin=origin)


@_on("practice.version_added")
def _written(course: Course, evidence: VersionAdded) -> Course:
    """What was set aside, or replaced as a duplicate, is taken up again by it."""
    return replace(course, latest=evidence.number, complete=evidence.complete, set_aside=False, replaced=False)


@_on("practice.minor_agreed")
def _edited(course: Course, evidence: MinorAgreed) -> Course:
    return replace(course, agreed=evidence.number, last_agreed=evidence.number)


@_on("practice.minor_taken_back")
def _edit_taken_back(course: Course, evidence: MinorEdited) -> Course:
    """It is news, and a version like others."""
    return course


@_on("practice.set_aside")
def _set_aside(course: Course, evidence: PutAwayBy) -> Course:
    return replace(course, set_aside=True)


@_on("practice.replaced")
def _replaced(course: Course, evidence: PutAwayBy) -> Course:
    return replace(course, agreed=0, replaced=True)


@_on("practice.retired")
def _retired(course: Course, evidence: PutAwayBy) -> Course:
    return replace(course, agreed=0, retired=True)


@_on("proposal.opened")
def _opened(course: Course, evidence: ProposalOpened) -> Course:
    on = evidence.number if evidence.matter == Kind.ACCEPTANCE else course.on
    return replace(course, rounds=course.rounds + 1, on=on)


@_on("proposal.amended")
def _amended(course: Course, evidence: Amended) -> Course:
    return replace(course, on=evidence.number)


@_on("proposal.withdrawn")
def _withdrawn(course: Course, evidence: Withdrawn) -> Course:
    return _over(course, evidence.matter)


@_on("proposal.decided")
def _decided(course: Course, evidence: Decided) -> Course:
    closed = _over(course, evidence.matter)
    if evidence.matter != Kind.ACCEPTANCE:
        return closed
    if evidence.outcome == Outcome.ACCEPTED:
        return replace(closed, agreed=evidence.number, last_agreed=evidence.number)
    return replace(closed, refused=evidence.number) if evidence.outcome == Outcome.NOT_ACCEPTED else closed


def _over(course: Course, matter: Kind) -> Course:
    return replace(course, rounds=course.rounds - 1, on=0 if matter == Kind.ACCEPTANCE else course.on)


@_on("challenge.raised")
def _challenged(course: Course, evidence: ChallengeRaised) -> Course:
    return replace(course, challenges=course.challenges + 1)


@_on("challenge.taken_back")
def _taken_back(course: Course, evidence: ChallengeTakenBack) -> Course:
    return replace(course, challenges=course.challenges - 1)


@_on("challenge.settled")
def _settled(course: Course, evidence: ChallengeSettled) -> Course:
    settled = replace(course, challenges=course.challenges - 1)
    return settled if evidence.outcome in KEPT else replace(settled, agreed=0)
