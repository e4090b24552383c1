"""A figure in words: what it is called, and what stands where it has no number. Too early to say is a normal state."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities.dates import localdate, localday
from commonplace.communities.paging import at_least
from commonplace.measuring.metrics import Metric
from commonplace.measuring.metrics.exchange import answer_rate
from commonplace.measuring.models import Figure
from commonplace.measuring.readings import UNDECIDED, Band, Reason
from commonplace.measuring.rules import configured

BANDS = {
    Band.FEW: gettext_lazy("a few people's, or none"),
    Band.ALL_BUT_FEW: gettext_lazy("all but a few people's"),
}
BRIEFLY = {Band.FEW: gettext_lazy("few"), Band.ALL_BUT_FEW: gettext_lazy("nearly all")}
WHY = {
    Reason.FEW_PEOPLE: gettext_lazy("too few to say"),
    Reason.FEW_CASES: gettext_lazy("too few to say"),
    Reason.BESIDE_OTHERS: gettext_lazy("not told"),
    Reason.NOT_REACHED: gettext_lazy("less than half by then"),
    Reason.NOT_RECORDED: gettext_lazy("not recorded"),
}
TICK = timedelta(microseconds=1)
# Figures are published at four in the morning.
TO_THE_MORNING = timedelta(hours=20) - TICK


@dataclass(frozen=True, slots=True)
class Row:
    """A metric and its figure if there is one. It leads to no list, since none holds the cases of its window."""

    metric: Metric
    figure: Figure | None

    @property
    def name(self) -> str:
        """With the time within which a rate counts."""
        if self.metric.unit != "rate":
            return str(self.metric.name)
        return _("%(name)s within %(days)s days") % {"name": self.metric.name, "days": self.days}

    @property
    def days(self) -> int:
        """So long after each beginning a rate counts: as its window was followed, but X2 has a time of its own."""
        if self.metric is answer_rate:
            return configured().answer_within.days
        return (self.figure.period.followed if self.figure else self.metric.followed(configured())).days

    @property
    def window(self) -> str:
        return window(self.figure)

    @property
    def cases(self) -> str:
        """How many; of practices by fives."""
        if self.figure is None or self.figure.events is None:
            return ""
        n = self.figure.events
        return at_least(n) if self.metric.counts_practices else str(n)

    @property
    def instead(self) -> str:
        return instead(self.figure)

    @property
    def is_untold(self) -> bool:
        """Beside other figures it would tell of a few people: that is said once, below."""
        return self.figure is not None and self.figure.suppressed == Reason.BESIDE_OTHERS

    @property
    def why(self) -> str:
        """Why it has no number, where there is a dash in place of one."""
        if self.briefly != "–":
            return ""
        is_early = self.figure is not None and self.figure.suppressed == Reason.TOO_EARLY
        return _("too early to say") if is_early else self.instead

    @property
    def briefly(self) -> str:
        return briefly(self.figure)


def window(figure: Figure | None) -> str:
    """Its first and last day, in UTC as the grid; nothing where no window could be read yet. What began at `since` is
    not in it, and at `until`, a midnight, next to nothing."""
    if figure is None or figure.suppressed in UNDECIDED:
        return ""
    since, until = (localday(moment.astimezone(UTC).date()) for moment in (figure.since + TICK, figure.until - TICK))
    return _("%(since)s to %(until)s") % {"since": since, "until": until}


def instead(figure: Figure | None) -> str:
    """Nothing where there is a number."""
    if figure is None:
        return _("too few to say")
    if figure.band:
        return str(BANDS[Band(figure.band)])
    if ended_too_soon(figure):
        return _("it ended too soon to say")
    if figure.suppressed == Reason.TOO_EARLY:
        return _("from %(day)s") % {"day": told_on(figure.seen)}
    return str(WHY[Reason(figure.suppressed)]) if figure.suppressed else ""


def told_on(seen: datetime) -> str:
    """The day of the first morning after a window has had its time."""
    return localdate(seen + TO_THE_MORNING)


def ended_too_soon(figure: Figure) -> bool:
    """Of an archive: the day from which it could be told was past when it came here, and it holds nothing of it."""
    return figure.suppressed == Reason.TOO_EARLY and figure.seen < figure.computed_at


def briefly(figure: Figure | None) -> str:
    """The same where there is room for a word or two."""
    if figure and figure.band:
        return str(BRIEFLY[Band(figure.band)])
    return "–" if figure is None or figure.suppressed else ""
