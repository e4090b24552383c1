"""A funnel on the cycle page: how many of one cohort came so far, stage by stage, and what that does not see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from commonplace.measuring.cycle import sentences
from commonplace.measuring.cycle.so_far import SoFar
from commonplace.measuring.cycle.words import Row, ended_too_soon
from commonplace.measuring.metrics.brought import used
from commonplace.measuring.metrics.registry import BROUGHT_IN, CYCLE
from commonplace.measuring.models import Figure
from commonplace.measuring.readings import Reason

Figures = Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Funnel:
    """`sentence`: what it says before any number; `unseen`: what a low one may be all the same; `so_far`: counts of
    now, beside its figures."""

    title: str
    sentence: str
    unseen: str
    leak: str
    rows: list[Row]
    so_far: Sequence[SoFar] = ()

    @property
    def window(self) -> str:
        """That of all stages; nothing where each has its own."""
        windows = {row.window for row in self.rows if row.window}
        return windows.pop() if len(windows) == 1 else ""

    @property
    def early(self) -> str:
        """While none of its stages can be told: that is said once."""
        ones = [row.figure for row in self.rows if row.figure and row.metric.cases]
        if not ones or any(one.suppressed != Reason.TOO_EARLY or ended_too_soon(one) for one in ones):
            return ""
        return sentences.too_early(min(one.seen for one in ones))

    @property
    def is_quiet(self) -> bool:
        """No stage of it has a number or a band: where it is counted what came so far, that is all there is to say."""
        return all(row.figure is None or row.figure.suppressed for row in self.rows)

    @property
    def is_silent(self) -> bool:
        """Its sentence says why, and no stage has anything to add."""
        return bool(self.sentence) and self.is_quiet


def of_exchanges(rows: Iterable[Row], figures: Figures) -> Funnel:
    stages = _stages(rows, CYCLE)
    return Funnel(
        title=_("What became of exchanges within %(days)s days") % {"days": _days(stages)},
        sentence="",
        unseen=_("Most exchanges rightly end early: the question was answered, and that was all."),
        leak=sentences.leak(figures),
        rows=stages,
    )


def of_what_was_brought(rows: Iterable[Row], figures: Figures, so_far: Sequence[SoFar]) -> Funnel:
    stages = _stages(rows, BROUGHT_IN)
    return Funnel(
        title=_("What was brought in, and what became of it"),
        sentence=sentences.brought(figures.get(used.id), figures),
        unseen=_("Not seen: use that nobody reported, and what was agreed on only because people said it is in use."),
        leak=sentences.leak(figures, BROUGHT_IN),
        rows=stages,
        so_far=so_far,
    )


def _stages(rows: Iterable[Row], cohort: str) -> list[Row]:
    return [row for row in rows if row.metric.cohort == cohort]


def _days(stages: list[Row]) -> int:
    return stages[0].days if stages else 0
