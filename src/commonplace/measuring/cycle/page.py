"""The cycle page put together: sentences, figures, counts, and where it leaks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.dates import localdate
from commonplace.communities.models import Community
from commonplace.communities.policy import may_read
from commonplace.ledger import clock
from commonplace.ledger.reading import READER, Place, Reading
from commonplace.measuring.cycle import sentences, stocks
from commonplace.measuring.cycle.ended import Ended, ended
from commonplace.measuring.cycle.funnels import Funnel, of_exchanges, of_what_was_brought
from commonplace.measuring.cycle.sentences import Sentences
from commonplace.measuring.cycle.so_far import SoFar, so_far
from commonplace.measuring.cycle.stocks import Stock
from commonplace.measuring.cycle.words import Row, told_on
from commonplace.measuring.grid import ripening
from commonplace.measuring.metrics import DECLARED, METRICS, Metric
from commonplace.measuring.metrics.agreement import acceptance_from_distilling
from commonplace.measuring.metrics.exchange import answer_rate
from commonplace.measuring.metrics.funnel import written_down
from commonplace.measuring.metrics.uptake import first_application
from commonplace.measuring.models import Figure, current
from commonplace.measuring.readings import Reason
from commonplace.measuring.rules import configured

IN_WORDS = (answer_rate,)
LATEST: Reading[Figure] = Reading(lambda: Figure.objects.latest_editions(Place("community")).visible_to(READER))
IN_THE_RING = ("agreeing", "taken_up", "held")
GAPS = (written_down, acceptance_from_distilling, first_application)


@dataclass(frozen=True, slots=True)
class Cycle:
    figures: dict[str, Figure]
    stocks: dict[str, Stock]
    reads: bool
    least_people: int
    ended: Ended | None
    first: datetime
    brought: list[SoFar]

    @property
    def is_over(self) -> bool:
        """An archive, in which nobody is at work again."""
        return self.ended is not None and not self.ended.resumed

    @property
    def from_when(self) -> str:
        """The day on which the first figure can come; nothing where there is one, or it can come at once."""
        early = [one.seen for one in self.figures.values() if one.suppressed == Reason.TOO_EARLY]
        first = min(early, default=clock.now()) if self.rows else self.first
        return "" if any(row.window for row in self.rows) or first <= clock.now() else told_on(first)

    @property
    def counted(self) -> str:
        """When what is in each phase was counted."""
        if self.is_over:
            return _("in the whole archive")
        steps = [one.until for name, one in self.figures.items() if name not in DECLARED and not self.reads]
        if not (self.reads or steps):
            return ""
        return _("counted on %(day)s") % {"day": localdate(max(steps))} if steps else _("now")

    @property
    def dashes(self) -> list[str]:
        """Why there is no number in the ring."""
        shown = [self.stocks[name] for name in ("exchanged" if self.is_over else "unfinished", *IN_THE_RING)]
        gaps = [row.why for row in self.gaps]
        return list(dict.fromkeys(words for words in (*(stock.instead for stock in shown), *gaps) if words))

    @property
    def is_anything_untold(self) -> bool:
        return any(row.is_untold for row in self.rows)

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
    def rows(self) -> list[Row]:
        return self._rows(metric for metric in METRICS if metric.id in self.figures)

    @property
    def funnels(self) -> list[Funnel]:
        """That of exchanges; and of what was brought in, which no archive tells, unless both only say that it is too
        early."""
        first = of_exchanges(self.rows, self.figures)
        second = of_what_was_brought(self.rows, self.figures, self.brought)
        is_told = bool(second.rows) and not (first.early and second.early)
        is_second = bool(second.so_far) or (is_told and not self.is_over)
        return [one for one, is_there in ((first, bool(first.rows)), (second, is_second)) if is_there]

    @property
    def gaps(self) -> list[Row]:
        """Between the arcs: from exchange to writing down, from there to agreement, from there to use."""
        return self._rows(GAPS)

    def panel(self, phase: str) -> list[Row]:
        """The figures of one phase, but those that its sentence says, and the funnels."""
        return self._rows(
            metric for metric in METRICS if metric.phase == phase and not metric.stage and metric not in IN_WORDS
        )

    def _rows(self, metrics: Iterable[Metric]) -> list[Row]:
        return [Row(metric, self.figures.get(metric.id)) for metric in metrics]


def cycle_of(community: Community, person: Any) -> Cycle:
    latest, reads = LATEST.rows(reader=person, community=community.pk), may_read(person, community)
    figures = current(latest)
    counts, rules = stocks.of(community) if reads else stocks.published(figures), configured()
    brought = so_far(community) if reads else []
    end = ended(community, figures.values())
    cycle = Cycle(figures, counts, reads, rules.people, end, _first(community), brought)
    return replace(cycle, stocks=stocks.of_its_end(counts)) if cycle.is_over else cycle


def _first(community: Community) -> datetime:
    """When the first figure can be told of what began here."""
    kinds = {(metric.span, metric.followed(configured())) for metric in METRICS}
    return min(ripening(*kind, community.founded_at).seen for kind in kinds)
