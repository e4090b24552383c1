"""The statuses of a practice and the ways between them (theory §2.2). Pure: acts, replay, tests, documents share it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    EXTERNALIZED = "externalized"
    CANDIDATE = "candidate"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    CONTESTED = "contested"
    UNDER_REVISION = "under_revision"
    NOT_ACCEPTED = "not_accepted"
    RETIRED = "retired"


class Kind(StrEnum):
    """What a round is about: a version, or a challenge."""

    ACCEPTANCE = "acceptance"
    SETTLEMENT = "settlement"


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    RETURNED = "returned"
    NOT_ACCEPTED = "not_accepted"
    UPHELD = "practice_upheld"
    UNDER_REVISION = "under_revision"
    RETIRED = "retired"


SETTLEMENTS = (Outcome.UPHELD, Outcome.UNDER_REVISION, Outcome.RETIRED)


@dataclass(frozen=True, slots=True)
class Course:
    """What decides the status of one practice. Numbers are of versions, 0 is none; `on` is that of the open round."""

    latest: int = 0
    complete: bool = False
    round_kind: str = ""
    on: int = 0
    agreed: int = 0
    once_agreed: bool = False
    refused: int = 0
    challenges: int = 0
    retired: bool = False

    @property
    def status(self) -> Status:
        return next(status for status, holds in self._readings() if holds)

    def _readings(self) -> tuple[tuple[Status, bool], ...]:
        """The first that holds is the status: what is agreed stays agreed while a new version of it is proposed."""
        return (
            (Status.RETIRED, self.retired),
            (Status.CONTESTED, self.challenges > 0),
            (Status.ACCEPTED, self.agreed > 0),
            (Status.PROPOSED, self.round_kind == Kind.ACCEPTANCE),
            (Status.UNDER_REVISION, self.once_agreed),
            (Status.NOT_ACCEPTED, 0 < self.latest == self.refused),
            (Status.CANDIDATE, self.complete),
            (Status.EXTERNALIZED, True),
        )


def after(course: Course, act: str, evidence: Mapping[str, Any]) -> Course:
    """The course after an act and its evidence. Acts without an effect on the status change nothing."""
    effect = EFFECTS.get(act)
    return effect(course, evidence) if effect else course


def _written(course: Course, evidence: Mapping[str, Any]) -> Course:
    return replace(course, latest=evidence.get("number", 1), complete=course.complete or evidence["complete"])


def _opened(course: Course, evidence: Mapping[str, Any]) -> Course:
    return replace(course, round_kind=evidence["matter"], on=evidence["number"])


def _amended(course: Course, evidence: Mapping[str, Any]) -> Course:
    return replace(course, on=evidence["number"])


def _decided(course: Course, evidence: Mapping[str, Any]) -> Course:
    closed = replace(course, round_kind="", on=0)
    if evidence["matter"] == Kind.ACCEPTANCE and evidence["outcome"] == Outcome.ACCEPTED:
        return replace(closed, agreed=course.on, once_agreed=True)
    if evidence["outcome"] == Outcome.NOT_ACCEPTED:
        return replace(closed, refused=course.on)
    return closed


def _challenged(course: Course, evidence: Mapping[str, Any]) -> Course:
    return replace(course, challenges=course.challenges + 1)


def _settled(course: Course, evidence: Mapping[str, Any]) -> Course:
    settled = replace(course, challenges=course.challenges - 1)
    if evidence["outcome"] == Outcome.UPHELD:
        return settled
    return replace(settled, agreed=0, retired=course.retired or evidence["outcome"] == Outcome.RETIRED)


EFFECTS = {
    "practice.distilled": _written,
    "practice.version_added": _written,
    "proposal.opened": _opened,
    "proposal.amended": _amended,
    "proposal.decided": _decided,
    "challenge.raised": _challenged,
    "challenge.settled": _settled,
}
