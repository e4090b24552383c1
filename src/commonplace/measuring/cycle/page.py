"""The cycle page put together: sentences, figures, counts, and where it leaks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commonplace.communities.models import Community
from commonplace.ledger.reading import READER, Place, Reading
from commonplace.measuring.cycle import sentences, stocks
from commonplace.measuring.cycle.sentences import Sentences
from commonplace.measuring.cycle.stocks import Reader, Stock
from commonplace.measuring.metrics import METRICS, Metric
from commonplace.measuring.metrics.agreement import acceptance_from_distilling
from commonplace.measuring.metrics.exchange import answer_rate
from commonplace.measuring.metrics.funnel import written_down
from commonplace.measuring.metrics.uptake import first_application
from commonplace.measuring.models import Figure
from commonplace.measuring.rules import configured

IN_WORDS = (answer_rate,)
LATEST: Reading[Figure] = Reading(lambda: Figure.objects.latest_editions(Place("community")).visible_to(READER))
GAPS = (written_down, acceptance_from_distilling, first_application)


@dataclass(frozen=True, slots=True)
class Row:
    """A metric, its figure if there is one, and the list of what it counts, for who may open it."""

    metric: Metric
    figure: Figure | None
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
        return self._rows(metric for metric in METRICS if metric.id in self.figures)

    @property
    def stages(self) -> list[Row]:
        return [row for row in self.rows if row.metric.stage]

    @property
    def gaps(self) -> list[Figure | None]:
        """Between the arcs: from exchange to writing down, from there to agreement, from there to use."""
        return [self.figures.get(metric.id) for metric in GAPS]

    def panel(self, phase: str) -> list[Row]:
        """The figures of one phase, but those that its sentence says, and the funnel."""
        return self._rows(
            metric for metric in METRICS if metric.phase == phase and not metric.stage and metric not in IN_WORDS
        )

    def _rows(self, metrics: Iterable[Metric]) -> list[Row]:
        return [Row(metric, self.figures.get(metric.id), self.stocks[metric.counts.value].href) for metric in metrics]


def cycle_of(community: Community, person: Any) -> Cycle:
    latest = LATEST.rows(reader=person, community=community.pk)
    reader = Reader.of(person, community)
    return Cycle({figure.metric: figure for figure in latest}, stocks.of(reader), reader.reads, configured().people)
