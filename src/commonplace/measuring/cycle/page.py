"""The cycle page put together: sentences, figures, counts, and where it leaks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commonplace.communities.models import Community
from commonplace.measuring.cycle import sentences, stocks
from commonplace.measuring.cycle.sentences import Sentences
from commonplace.measuring.cycle.stocks import Reader, Stock
from commonplace.measuring.models import Figure
from commonplace.measuring.names import NAMES, STAGES, phase_of
from commonplace.measuring.rules import configured


@dataclass(frozen=True, slots=True)
class Row:
    """A figure with its phase, what it is called, and the list of what it counts, for who may open it."""

    phase: str
    name: Any
    figure: Figure
    href: str | None


@dataclass(frozen=True, slots=True)
class Cycle:
    figures: dict[str, Figure]
    stocks: dict[str, Stock]
    reads: bool
    least_people: int

    @property
    def computed_at(self) -> datetime | None:
        return max((figure.computed_at for figure in self.figures.values()), default=None)

    @property
    def is_empty(self) -> bool:
        """Nothing was ever exchanged or written down."""
        return self.stocks["exchanged"].count == 0 and self.stocks["written"].count == 0

    @property
    def exchange(self) -> Sentences:
        return sentences.externalizing(self.figures)

    @property
    def agreement(self) -> Sentences:
        return sentences.objectifying(self.figures)

    @property
    def use(self) -> Sentences:
        return sentences.internalizing(self.figures)

    @property
    def leak(self) -> str:
        return sentences.leak(self.figures)

    @property
    def rows(self) -> list[Row]:
        return self._rows(NAMES)

    @property
    def stages(self) -> list[Row]:
        return self._rows(STAGES)

    def _rows(self, names: Mapping[str, Any]) -> list[Row]:
        return [
            Row(phase_of(metric), name, self.figures[metric], self.list_of(metric))
            for metric, name in names.items()
            if metric in self.figures
        ]

    def list_of(self, metric: str) -> str | None:
        """The cases of X and C1 are exchanges, of the others practices."""
        return self.stocks["exchanged" if metric[0] in "XC" else "written"].href


def cycle_of(community: Community, person: Any) -> Cycle:
    latest = Figure.objects.latest_editions(community).visible_to(person)
    reader = Reader.of(person, community)
    return Cycle({figure.metric: figure for figure in latest}, stocks.of(reader), reader.reads, configured().people)
