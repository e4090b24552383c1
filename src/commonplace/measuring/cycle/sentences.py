"""What the figures say, in a sentence: before any number, and never more than the number bears."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.measuring.metrics import METRICS, Metric
from commonplace.measuring.metrics.exchange import answer_rate
from commonplace.measuring.metrics.funnel import written_down
from commonplace.measuring.metrics.uptake import first_application
from commonplace.measuring.models import Figure

Figures = Mapping[str, Figure]
MOST, MANY, LITTLE = 0.75, 0.4, 0.1
OF_TEN = (
    gettext_lazy("Hardly any exchange gets"),
    gettext_lazy("One exchange in ten gets"),
    gettext_lazy("Two exchanges in ten get"),
    gettext_lazy("Three exchanges in ten get"),
    gettext_lazy("Four exchanges in ten get"),
    gettext_lazy("Half of the exchanges get"),
    gettext_lazy("Six exchanges in ten get"),
    gettext_lazy("Seven exchanges in ten get"),
    gettext_lazy("Eight exchanges in ten get"),
    gettext_lazy("Nine exchanges in ten get"),
    gettext_lazy("Nearly every exchange gets"),
)


@dataclass(frozen=True, slots=True)
class Sentences:
    heading: str
    sentence: str


def externalizing(figures: Figures) -> Sentences:
    rate = value(figures, answer_rate)
    if rate is None:
        return Sentences(_("Exchange"), _("Too little was exchanged in these weeks to say how it goes."))
    sentence = _("%(share)s a response from somebody else within a week.") % {"share": OF_TEN[round(rate * 10)]}
    if rate >= MOST:
        return Sentences(_("Exchange is lively"), sentence)
    return Sentences(_("Many are heard, not all") if rate >= MANY else _("Many wait to be heard"), sentence)


def objectifying(figures: Figures) -> Sentences:
    written = value(figures, written_down)
    if written is None:
        return Sentences(
            _("Agreement"),
            _("It is too early to say how much becomes common ground. Agreement is counted by the quarter."),
        )
    if not written:
        return Sentences(
            _("Nothing is written down yet"),
            _("No exchange of the year has become a practice. It takes one person and an hour."),
        )
    sentence = _("One exchange in %(n)s becomes part of a practice.") % {"n": round(1 / written)}
    if written < LITTLE:
        return Sentences(_("Little of it is written down"), sentence)
    return Sentences(_("What is shared gets written down"), sentence)


def internalizing(figures: Figures) -> Sentences:
    wait = figures.get(first_application.id)
    if wait and wait.value is not None:
        return Sentences(
            _("What is agreed gets used"),
            _("At least half of the accepted practices were tried by others than their authors."),
        )
    if wait and wait.suppressed == "not_reached":
        return Sentences(
            _("What is agreed waits to be used"),
            _("More than half of the accepted practices were not yet tried by others."),
        )
    return Sentences(
        _("Use"),
        _("Too few accepted practices or people to say how they are taken up. Learning is counted by the month."),
    )


def leak(figures: Figures) -> str:
    """Where the funnel narrows most; nothing if a stage is unknown or nowhere loses half."""
    stages = [(metric.stage, value(figures, metric)) for metric in METRICS if metric.stage and metric.cases]
    reached = [1.0, *(known for _stage, known in stages if known is not None)]
    if len(reached) <= len(stages):
        return ""
    kept = [after / before for before, after in pairwise(reached) if before]
    least = min(range(len(kept)), key=kept.__getitem__)
    return str(stages[least][0].lost) if kept[least] < 1 / 2 else ""


def value(figures: Figures, metric: Metric) -> float | None:
    figure = figures.get(metric.id)
    return figure.value if figure else None
