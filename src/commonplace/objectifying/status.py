"""The states of a practice and every way between them (theory §2.2). Pure: acts, replay, tests and the documentation share it."""

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
class State:
    """What decides the status of one practice. Numbers are of versions; 0 is none. `round` is the kind of the open one, on version `on`."""

    latest: int = 0
    complete: bool = False
    round: str = ""
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
            (Status.PROPOSED, self.round == Kind.ACCEPTANCE),
            (Status.UNDER_REVISION, self.once_agreed),
            (Status.NOT_ACCEPTED, 0 < self.latest == self.refused),
            (Status.CANDIDATE, self.complete),
            (Status.EXTERNALIZED, True),
        )


Told = Mapping[str, Any]


def after(state: State, act: str, told: Told) -> State:
    """The state after an act; `told` is its evidence. Acts without an effect on the status change nothing."""
    effect = EFFECTS.get(act)
    return effect(state, told) if effect else state


def _written(state: State, told: Told) -> State:
    return replace(state, latest=told.get("number", 1), complete=state.complete or told["complete"])


def _opened(state: State, told: Told) -> State:
    return replace(state, round=told["matter"], on=told["number"])


def _amended(state: State, told: Told) -> State:
    return replace(state, on=told["number"])


def _decided(state: State, told: Told) -> State:
    closed = replace(state, round="", on=0)
    if told["matter"] == Kind.ACCEPTANCE and told["outcome"] == Outcome.ACCEPTED:
        return replace(closed, agreed=state.on, once_agreed=True)
    if told["outcome"] == Outcome.NOT_ACCEPTED:
        return replace(closed, refused=state.on)
    return closed


def _challenged(state: State, told: Told) -> State:
    return replace(state, challenges=state.challenges + 1)


def _settled(state: State, told: Told) -> State:
    settled = replace(state, challenges=state.challenges - 1)
    if told["outcome"] == Outcome.UPHELD:
        return settled
    return replace(settled, agreed=0, retired=state.retired or told["outcome"] == Outcome.RETIRED)


EFFECTS = {
    "practice.distilled": _written,
    "practice.version_added": _written,
    "proposal.opened": _opened,
    "proposal.amended": _amended,
    "proposal.decided": _decided,
    "challenge.raised": _challenged,
    "challenge.settled": _settled,
}
