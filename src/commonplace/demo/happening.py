"""One thing that happens in the example: when, who does what. Data, so that two tellings can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from commonplace.demo.world import World


class Deed(Protocol):
    """A frozen dataclass of names and words; `perform` carries it out through the act it stands for."""

    def perform(self, world: World) -> None: ...


@dataclass(frozen=True, slots=True)
class Happening:
    """`place` says where the scenario tells it."""

    at: datetime
    deed: Deed
    place: str
