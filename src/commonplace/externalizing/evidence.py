"""What the ledger keeps of an exchange. Unit and newcomer are those of the actor at that time."""

from dataclasses import dataclass

from commonplace.ledger.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Opened(Evidence):
    kind: str
    purpose: str
    topics: list[str]
    unit: str = ""
    newcomer: bool | None = None


@dataclass(frozen=True, slots=True)
class Responded(Evidence):
    kind: str
    by_opener: bool
    unit: str = ""
    newcomer: bool | None = None


@dataclass(frozen=True, slots=True)
class Confirmed(Evidence):
    benefit: str
    response: str
    own_response: bool


@dataclass(frozen=True, slots=True)
class Closed(Evidence):
    purpose: str
    declared_purpose: str
    outcome: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Edited(Evidence):
    text: str


@dataclass(frozen=True, slots=True)
class Linked(Evidence):
    kind: str
    other: str
