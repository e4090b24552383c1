"""The cycle page put together: sentences, figures, counts, and where it leaks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.dates import localdate
from commonplace.communities.models import Community
from commonplace.communities.policy import may_read
from commonplace.ledger.reading import READER, Place, Reading
from commonplace.measuring.cycle import sentences, stocks
from commonplace.measuring.cycle.ended import ended
from commonplace.measuring.cycle.sentences import Sentences
from commonplace.measuring.cycle.stocks import Stock
from commonplace.measuring.cycle.words import Row
from commonplace.measuring.metrics import DECLARED, METRICS, Metric
from commonplace.measuring.metrics.agreement import acceptance_from_distilling
from commonplace.measuring.metrics.exchange import answer_rate
from commonplace.measuring.metrics.funnel import written_down
from commonplace.measuring.metrics.uptake import first_application
from commonplace.measuring.models import Figure, current
from commonplace.measuring.rules import configured

IN_WORDS = (answer_rate,)
LATEST: Reading[Figure] = Reading(lambda: Figure.objects.latest_editions(Place("community")).visible_to(READER))
GAPS = (written_down, acceptance_from_distilling, first_application)


@dataclass(frozen=True, slots=True)
class Cycle:
    figures: dict[str, Figure]
    stocks: dict[str, Stock]
    reads: bool
    least_people: int
    ended: datetime | None

    @property
    def until(self) -> datetime | None:
        """Where the latest window of those that are shown ends."""
        return max((row.figure.until for row in self.rows if row.figure and row.window), default=None)

    @property
    def counted(self) -> str:
        """When what is in each phase was counted; of an archive, nobody asks."""
        steps = [one.until for name, one in self.figures.items() if name not in DECLARED and not self.reads]
        if self.ended or not (self.reads or steps):
            return ""
        return localdate(max(steps)) if steps else _("now")

    @property
    def is_empty(self) -> bool:
        """Nothing was ever exchanged or written down. Who may not open the lists is not told whether it was."""
        return self.reads and not any(self.stocks[name].count for name in ("exchanged", "written"))

    @property
    def exchange(self) -> Sentences:
        return sentences.externalizing(self.figures, past=self.ended is not None)

    @property
    def agreement(self) -> Sentences:
        return sentences.objectifying(self.figures, past=self.ended is not None)

    @property
    def use(self) -> Sentences:
        return sentences.internalizing(self.figures, past=self.ended is not None)

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
    def stages_window(self) -> str:
        """That of all stages; nothing where each has its own."""
        windows = {row.window for row in self.stages if row.window}
        return windows.pop() if len(windows) == 1 else ""

    @property
    def gaps(self) -> list[Row]:
        """Between the arcs: from exchange to writing down, from there to agreement, from there to use."""
        return self._rows(GAPS)

    def panel(self, phase: str) -> list[Row]:
        """The figures of one phase, but those that its sentence says, and the funnel."""
        return self._rows(
            metric for metric in METRICS if metric.phase == phase and not metric.stage and metric not in IN_WORDS
        )

    def _rows(self, metrics: Iterable[Metric]) -> list[Row]:
        return [Row(metric, self.figures.get(metric.id)) for metric in metrics]


def cycle_of(community: Community, person: Any) -> Cycle:
    latest, reads = LATEST.rows(reader=person, community=community.pk), may_read(person, community)
    figures = current(latest)
    counts = stocks.of(community) if reads else stocks.published(figures)
    return Cycle(figures, counts, reads, configured().people, ended(community, figures.values()))
