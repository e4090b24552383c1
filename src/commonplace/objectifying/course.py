"""What a practice went through, and the status that follows (theory §2.2). Pure: acts, replay and tests share it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self, TypeVar

from commonplace.ledger.evidence import Evidence
from commonplace.objectifying.evidence import (
    Amended,
    ChallengeRaised,
    ChallengeSettled,
    Decided,
    Distilled,
    ProposalOpened,
    VersionAdded,
)
from commonplace.objectifying.status import Matter, Outcome, Status

E = TypeVar("E", bound=Evidence)


@dataclass(frozen=True, slots=True)
class Course:
    """The status of one practice, and what decides it. Numbers are of versions, 0 is none.

    `matter` is what the open round is about, "" without one; `on` the version it is on. `moved_at`:
    when it was last news, written down or decided on.
    """

    community: str = ""
    status: str = Status.EXTERNALIZED
    latest: int = 0
    complete: bool = False
    matter: str = ""
    on: int = 0
    agreed: int = 0
    once_agreed: bool = False
    refused: int = 0
    challenges: int = 0
    retired: bool = False
    moved_at: datetime | None = None

    def with_status(self) -> Self:
        return replace(self, status=next(status for status, holds in self._readings() if holds))

    def _readings(self) -> tuple[tuple[Status, bool], ...]:
        """The first that holds is the status: what is agreed stays agreed while a new version of it is proposed."""
        return (
            (Status.RETIRED, self.retired),
            (Status.CONTESTED, self.challenges > 0),
            (Status.ACCEPTED, self.agreed > 0),
            (Status.PROPOSED, self.matter == Matter.ACCEPTANCE),
            (Status.UNDER_REVISION, self.once_agreed),
            (Status.NOT_ACCEPTED, 0 < self.latest == self.refused),
            (Status.CANDIDATE, self.complete),
            (Status.EXTERNALIZED, True),
        )


Step = Callable[[Course, Any], Course]
STEPS: dict[str, Step] = {}


def after(course: Course, verb: str, evidence: Evidence) -> Course:
    """The course after an act and its evidence. Acts without an effect on the status change nothing."""
    step = STEPS.get(verb)
    return step(course, evidence).with_status() if step else course


def _on(verb: str) -> Callable[[Callable[[Course, E], Course]], Callable[[Course, E], Course]]:
    def register(step: Callable[[Course, E], Course]) -> Callable[[Course, E], Course]:
        STEPS[verb] = step
        return step

    return register


@_on("practice.distilled")
def _distilled(course: Course, evidence: Distilled) -> Course:
    return replace(course, latest=1, complete=evidence.complete)


@_on("practice.version_added")
def _written(course: Course, evidence: VersionAdded) -> Course:
    return replace(course, latest=evidence.number, complete=evidence.complete)


@_on("proposal.opened")
def _opened(course: Course, evidence: ProposalOpened) -> Course:
    return replace(course, matter=evidence.matter, on=evidence.number)


@_on("proposal.amended")
def _amended(course: Course, evidence: Amended) -> Course:
    return replace(course, on=evidence.number)


@_on("proposal.decided")
def _decided(course: Course, evidence: Decided) -> Course:
    closed = replace(course, matter="", on=0)
    if evidence.matter == Matter.ACCEPTANCE and evidence.outcome == Outcome.ACCEPTED:
        return replace(closed, agreed=evidence.number, once_agreed=True)
    if evidence.outcome == Outcome.NOT_ACCEPTED:
        return replace(closed, refused=evidence.number)
    return closed


@_on("challenge.raised")
def _challenged(course: Course, evidence: ChallengeRaised) -> Course:
    return replace(course, challenges=course.challenges + 1)


@_on("challenge.settled")
def _settled(course: Course, evidence: ChallengeSettled) -> Course:
    settled = replace(course, challenges=course.challenges - 1)
    if evidence.outcome == Outcome.UPHELD:
        return settled
    return replace(settled, agreed=0, retired=course.retired or evidence.outcome == Outcome.RETIRED)
