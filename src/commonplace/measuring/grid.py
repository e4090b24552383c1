"""The fixed grid of published figures: each metric in one span, its own, over whole weeks, months or quarters.

Spans that could be cut from one another would let a reader subtract them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from commonplace.measuring.windows import Period


class Span(TextChoices):
    """Exchange is counted by the week, learning by the month, agreement by the quarter (Huysman)."""

    WEEKS = "weeks", _("12 weeks")
    MONTHS = "months", _("12 months")
    QUARTERS = "quarters", _("4 quarters")


WEEKS = timedelta(weeks=12)


@dataclass(frozen=True, slots=True)
class Until:
    """Where the grid ends: with the last whole week, month or quarter before `moment`, or where an archive ends."""

    moment: datetime
    archive: bool

    def period(self, span: Span) -> Period:
        end = self.moment if self.archive else _start(span, self.moment)
        return Period(end - WEEKS if span is Span.WEEKS else _years_back(end), end)


def _start(span: Span, moment: datetime) -> datetime:
    """The first moment (UTC) of the week, month or quarter that `moment` is in."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if span is Span.WEEKS:
        return midnight - timedelta(days=midnight.weekday())
    month = midnight.month if span is Span.MONTHS else midnight.month - (midnight.month - 1) % 3
    return midnight.replace(month=month, day=1)


def _years_back(end: datetime) -> datetime:
    """The same moment a year before; 28 February for a leap day."""
    leap = end.month == 2 and end.day == 29
    return end.replace(year=end.year - 1, day=28 if leap else end.day)
