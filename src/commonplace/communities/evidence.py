"""What the ledger keeps of the acts on communities and people."""

from dataclasses import dataclass

from commonplace.ledger.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Founded(Evidence):
    visibility: str
    stage: str
    language: str


@dataclass(frozen=True, slots=True)
class CharterSet(Evidence):
    quorum: int | None
    round_days: int
    refusal_days: int
    review_days: int


@dataclass(frozen=True, slots=True)
class StageSet(Evidence):
    stage: str
    visibility: str


@dataclass(frozen=True, slots=True)
class Joined(Evidence):
    how: str
    unit: str


@dataclass(frozen=True, slots=True)
class Added(Evidence):
    person: str
    unit: str


@dataclass(frozen=True, slots=True)
class RoleHeld(Evidence):
    role: str
    person: str


@dataclass(frozen=True, slots=True)
class RoleHandedOver(Evidence):
    role: str
    person: str
    successor: str


@dataclass(frozen=True, slots=True)
class Answered(Evidence):
    admitted: bool
    person: str
    unit: str


@dataclass(frozen=True, slots=True)
class InstallationSet(Evidence):
    open_signup: bool


@dataclass(frozen=True, slots=True)
class UnitChanged(Evidence):
    unit: str
