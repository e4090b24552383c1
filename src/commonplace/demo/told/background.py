"""`[background]` of a scenario: the pieces that the everyday exchanges are made of."""

from dataclasses import dataclass, field

from commonplace.externalizing.models import Kind, Purpose


@dataclass(frozen=True, slots=True)
class ToldPiece:
    """`newcomer`: asked by somebody who has not been there long."""

    kind: Kind
    topics: list[str]
    title: str
    body: str
    answers: list[str]
    purpose: Purpose = Purpose.REUSE
    numbers: list[int] = field(default_factory=list)
    newcomer: bool = False


@dataclass(frozen=True, slots=True)
class ToldBackground:
    """How many exchanges between two days; of a hundred: unanswered, helped, closed, closed with another purpose."""

    community: str
    exchanges: int
    first_day: int
    last_day: int
    unanswered: int
    helped: int
    closed: int
    changed_purpose: int
    stations: list[str]
    assets: list[str]
    thanks: list[str]
    more: list[str]
    piece: list[ToldPiece]
