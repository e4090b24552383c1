"""What the figures say, in a sentence: before any number, and never more than the number bears.

A sentence is a fact of the cases that were counted, all of them past; a heading judges, and only where the whole
interval bears it. Of an archive, and where no later window was told, it judges what was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import inf

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities.dates import duration, localdate
from commonplace.ledger import clock
from commonplace.measuring.cycle.words import ended_too_soon, told_on, window
from commonplace.measuring.grid import Span, ripe
from commonplace.measuring.metrics import DECLARED, METRICS
from commonplace.measuring.metrics.exchange import answer_rate
from commonplace.measuring.metrics.funnel import written_down
from commonplace.measuring.metrics.registry import CYCLE
from commonplace.measuring.metrics.uptake import first_application
from commonplace.measuring.models import Figure
from commonplace.measuring.readings import UNDECIDED, Band, Reason
from commonplace.measuring.rules import configured

Figures = Mapping[str, Figure]
MOST, MANY, LITTLE = 0.75, 0.4, 0.1
A_THIRD, LEAST = 1 / 3, 0.01
TO_PUBLISH = timedelta(days=2)
OF_TEN = (
    gettext_lazy("Hardly any"),
    gettext_lazy("One in ten"),
    gettext_lazy("Two in ten"),
    gettext_lazy("Three in ten"),
    gettext_lazy("Four in ten"),
    gettext_lazy("Half"),
    gettext_lazy("Six in ten"),
    gettext_lazy("Seven in ten"),
    gettext_lazy("Eight in ten"),
    gettext_lazy("Nine in ten"),
    gettext_lazy("Nearly all"),
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What may head a figure whose whole interval is at least `least` and `below`: now, and of what is past."""

    least: float
    below: float
    now: Promise
    then: Promise


EXCHANGE = (
    Judgement(MOST, inf, gettext_lazy("Exchange is lively"), gettext_lazy("Exchange was lively")),
    Judgement(0, MANY, gettext_lazy("Many wait to be heard"), gettext_lazy("Many were not heard")),
    Judgement(MANY, MOST, gettext_lazy("Many are heard, not all"), gettext_lazy("Many were heard, not all")),
)
WRITTEN_DOWN = (
    Judgement(0, LITTLE, gettext_lazy("Little of it is written down"), gettext_lazy("Little of it was written down")),
    Judgement(
        LITTLE, inf, gettext_lazy("What is shared gets written down"), gettext_lazy("What was shared got written down")
    ),
)
USED = (Judgement(0, inf, gettext_lazy("What is agreed gets used"), gettext_lazy("What was agreed got used")),)


@dataclass(frozen=True, slots=True)
class Sentences:
    """`window`: of which time the sentence is, if it can say anything."""

    heading: str
    sentence: str
    window: str = ""


def externalizing(figures: Figures, past: bool = False) -> Sentences:
    one = figures.get(answer_rate.id)
    return Sentences(heading(_("Exchange"), one, EXCHANGE, past), _answered(one, figures), window(one))


def _answered(one: Figure | None, figures: Figures) -> str:
    words = {"share": share(one), "days": configured().answer_within.days}
    if one and one.band == Band.FEW:
        return _("Only exchanges of a few people, or none, had a response from others within %(days)s days.") % words
    if one and one.band:
        return _("All exchanges but those of a few people had a response from others within %(days)s days.") % words
    if not words["share"]:
        return unknown(one, figures, _("Too little was exchanged in these weeks to say how it goes."))
    return _("%(share)s of the exchanges got a response from somebody else within %(days)s days.") % words


def objectifying(figures: Figures, past: bool = False) -> Sentences:
    one = figures.get(written_down.id)
    return Sentences(heading(_("Agreement"), one, WRITTEN_DOWN, past), _written(one, figures), window(one))


def _written(one: Figure | None, figures: Figures) -> str:
    if one and one.value is not None:
        return _became(one, one.value)
    days = {"days": one.period.followed.days if one else 0}
    if one and one.band == Band.FEW:
        return _("Within %(days)s days, only exchanges of a few people became part of a practice, or none.") % days
    if one and one.band:
        return _("Within %(days)s days, all exchanges but those of a few people became part of a practice.") % days
    return unknown(one, figures, _("Too little was written down to say how much becomes common ground."))


def _became(one: Figure, value: float) -> str:
    """Few as one in so many, many in tenths."""
    words = {"days": one.period.followed.days, "share": share(one), "n": round(1 / max(value, LEAST))}
    if value < LEAST:
        return _("Fewer than one exchange in a hundred became part of a practice within %(days)s days.") % words
    if value > A_THIRD:
        return _("%(share)s of the exchanges became part of a practice within %(days)s days.") % words
    return _("One exchange in %(n)s became part of a practice within %(days)s days.") % words


def internalizing(figures: Figures, past: bool = False) -> Sentences:
    one = figures.get(first_application.id)
    return Sentences(heading(_("Use"), one, USED, past), _tried(one, figures), window(one))


def _tried(one: Figure | None, figures: Figures) -> str:
    if one and one.value is not None:
        words = {"wait": duration(one.value)}
        return _("Half of the accepted practices were tried by others than their authors within %(wait)s.") % words
    if one and one.suppressed == Reason.NOT_REACHED:
        words = {"day": localdate(one.seen)}
        return _("Less than half of the accepted practices had been tried by others by %(day)s.") % words
    return unknown(one, figures, _("Too few accepted practices or people to say how they are taken up."))


def heading(plain: str, one: Figure | None, judgements: Sequence[Judgement], past: bool) -> str:
    """The first judgement that the whole interval bears; the plain word where it bears none."""
    if one is None or one.low is None or one.high is None:
        return plain
    fits = next((each for each in judgements if each.least <= one.low and one.high < each.below), None)
    if fits is None:
        return plain
    return str(fits.then if past or is_overtaken(one) else fits.now)


def is_overtaken(one: Figure | None) -> bool:
    """A later window has been ripe since, and says nothing: what this one says is of the past."""
    if one is None or one.suppressed in UNDECIDED:
        return False
    return ripe(Span(one.span), one.period.followed, clock.now() - TO_PUBLISH).until > one.until


def unknown(one: Figure | None, figures: Figures, few: str) -> str:
    """Why nothing is said; from which day on something can be is worth knowing."""
    if one and ended_too_soon(one):
        return _("The archive ended too soon for it to be told.")
    if one and one.suppressed == Reason.TOO_EARLY:
        return too_early(_first(one, figures))
    if one and one.suppressed == Reason.NOT_RECORDED:
        return _("Nothing that was recorded here tells of it.")
    if one and one.suppressed == Reason.BESIDE_OTHERS:
        return _("This is not told; why is said below.")
    return few


def too_early(first: datetime) -> str:
    """`first`: when the first figure can be told."""
    return _("It is too early to say. Figures can come from %(day)s on.") % {"day": told_on(first)}


def _first(one: Figure, figures: Figures) -> datetime:
    """When the first figure of its phase can be told; its own moment, where one of these is already."""
    phase = DECLARED[one.metric].phase
    others = [figure for name, figure in figures.items() if name in DECLARED and DECLARED[name].phase == phase]
    if any(figure.events is not None for figure in others):
        return one.seen
    return min((figure.seen for figure in others if figure.suppressed == Reason.TOO_EARLY), default=one.seen)


def brought(one: Figure | None, figures: Figures) -> str:
    """What became of what was brought in, by the first of its stages."""
    words = {"share": share(one), "days": one.period.followed.days if one else 0}
    if one and one.band == Band.FEW:
        return _("Within %(days)s days, others used only what a few people brought in, or none of it.") % words
    if one and one.band:
        return (
            _("Within %(days)s days, others used all that was brought in, but for what a few people brought.") % words
        )
    if not words["share"]:
        return unknown(one, figures, _("Too few people brought something in to say what became of it."))
    return _("%(share)s of what was brought in was used by others within %(days)s days.") % words


def leak(figures: Figures, cohort: str = CYCLE) -> str:
    """Where a funnel narrows most; nothing if a stage is unknown or of another window, or may lose less than half."""
    counted = (metric for metric in METRICS if metric.cohort == cohort and metric.cases)
    stages = [(metric.stage, figures.get(metric.id)) for metric in counted if metric.stage]
    known = [one for _stage, one in stages if one and one.value is not None]
    if len(known) < len(stages) or len({one.until for one in known}) > 1:
        return ""
    kept = [after / before for before, after in pairwise([1.0, *(one.value or 0.0 for one in known)]) if before]
    least = min(range(len(kept)), key=kept.__getitem__)
    least_before = known[least - 1].low if least else 1.0
    return str(stages[least][0].lost) if _is_below_half(known[least].high, least_before) else ""


def _is_below_half(most_after: float | None, least_before: float | None) -> bool:
    return most_after is not None and bool(least_before) and most_after / (least_before or 1.0) < 1 / 2


def share(one: Figure | None) -> str:
    """Of the exchanges, in tenths; nothing where there is no number."""
    return str(OF_TEN[round(one.value * 10)]) if one and one.value is not None else ""
