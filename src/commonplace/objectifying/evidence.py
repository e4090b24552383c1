"""What the ledger keeps of a practice on its way. Unit and newcomer are the actor's then, `number` a version's."""

from dataclasses import dataclass

from commonplace.ledger.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Distilled(Evidence):
    exchanges: list[str]
    complete: bool
    purpose: str
    unit: str = ""
    newcomer: bool | None = None


@dataclass(frozen=True, slots=True)
class VersionAdded(Evidence):
    complete: bool
    number: int


@dataclass(frozen=True, slots=True)
class WordsRefused(Evidence):
    response: str


@dataclass(frozen=True, slots=True)
class StewardSet(Evidence):
    person: str


@dataclass(frozen=True, slots=True)
class ProposalOpened(Evidence):
    kind: str
    number: int
    quorum: int
    eligible: int
    units_needed: int
    days: int


@dataclass(frozen=True, slots=True)
class Amended(Evidence):
    number: int


@dataclass(frozen=True, slots=True)
class StanceTaken(Evidence):
    stance: str
    unit: str = ""
    newcomer: bool | None = None


@dataclass(frozen=True, slots=True)
class ObjectionRaised(Evidence):
    number: int
    unit: str = ""
    newcomer: bool | None = None


@dataclass(frozen=True, slots=True)
class ObjectionResolved(Evidence):
    how: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Decided(Evidence):
    """`consents` are people who consent, with or without a concern; `spoken` all who took a stance."""

    kind: str
    outcome: str
    consents: int
    eligible: int
    concerns: int
    spoken: int
    units: int


@dataclass(frozen=True, slots=True)
class ChallengeRaised(Evidence):
    application: str
    unit: str = ""
    newcomer: bool | None = None


@dataclass(frozen=True, slots=True)
class ChallengeSettled(Evidence):
    outcome: str
    proposal: str
