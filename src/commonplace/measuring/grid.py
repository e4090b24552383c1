"""The fixed grid of windows: for pages, the command line, and whatever asks later. There is no other window to tell.

A window ends with a step of the grid, and is told when it is ripe: when what began at its end has had its time.
"""

from datetime import UTC, datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from commonplace.measuring.windows import Period


class Span(TextChoices):
    """Exchange is counted by the week, learning and agreement, which are slow, by the quarter (Huysman)."""

    WEEKS = "weeks", _("12 weeks")
    QUARTERS = "quarters", _("4 quarters")


MONDAY = datetime(2018, 1, 1, tzinfo=UTC)
WEEKS, STEP = timedelta(weeks=12), timedelta(weeks=4)


def ripe(span: Span, followed: timedelta, moment: datetime) -> Period:
    """The last window that can be told at `moment`."""
    return _ending(span, step(span, moment - followed), followed)


def ripening(span: Span, followed: timedelta, begun: datetime) -> Period:
    """The first window with anything of what began after `begun`: it can be told when it is ripe."""
    return _ending(span, _next(span, step(span, begun)), followed)


def step(span: Span, moment: datetime) -> datetime:
    """The last step at or before `moment`: every fourth Monday, or the first day of a quarter, in UTC."""
    if span is Span.WEEKS:
        return MONDAY + (moment - MONDAY) // STEP * STEP
    month = moment.month - (moment.month - 1) % 3
    return moment.replace(month=month, day=1, hour=0, minute=0, second=0, microsecond=0)


def _ending(span: Span, until: datetime, followed: timedelta) -> Period:
    since = until - WEEKS if span is Span.WEEKS else until.replace(year=until.year - 1)
    return Period(since, until, followed)


def _next(span: Span, at: datetime) -> datetime:
    return at + STEP if span is Span.WEEKS else step(span, at + timedelta(days=93))
