"""What the ledger keeps of objectives. The words stay on the cards."""

from dataclasses import dataclass

from commonplace.ledger.evidence import Evidence


@dataclass(frozen=True, slots=True)
class CardWritten(Evidence):
    number: int
    metric_ids: list[str]


@dataclass(frozen=True, slots=True)
class Signed(Evidence):
    number: int
    side: str


@dataclass(frozen=True, slots=True)
class Judged(Evidence):
    number: int
    side: str
    level_judged: int


@dataclass(frozen=True, slots=True)
class CardRoundOpened(Evidence):
    number: int
    eligible: int
    quorum: int
    units_needed: int


@dataclass(frozen=True, slots=True)
class CardStanceTaken(Evidence):
    stance: str
    unit: str = ""
    newcomer: bool | None = None


@dataclass(frozen=True, slots=True)
class CardRoundDecided(Evidence):
    outcome: str
    consents: int
    spoken: int
