"""Which acts count: a window of length W up to a moment as_of, closed at its end: (as_of - W, as_of]."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

FORM = re.compile(r"(?P<count>[1-9][0-9]{0,3})(?P<unit>[dw])")
DAYS = {"d": 1, "w": 7}


class BadWindow(ValueError):
    """A window or a date that cannot be read; the message says what can."""


@dataclass(frozen=True, slots=True)
class Window:
    """As typed (`all`, `90d`, `12w`), and its length; None is all there is."""

    text: str
    length: timedelta | None

    @classmethod
    def parse(cls, text: str) -> "Window":
        if text == "all":
            return cls(text, None)
        if match := FORM.fullmatch(text):
            return cls(text, timedelta(days=int(match["count"]) * DAYS[match["unit"]]))
        raise BadWindow(f"Window {text!r} is not known; write all, a number of days (90d) or of weeks (12w).")

    def until(self, as_of: datetime) -> "Period":
        try:
            return Period(as_of - self.length if self.length else None, as_of)
        except OverflowError:
            return Period(None, as_of)


@dataclass(frozen=True, slots=True)
class Period:
    """Cases begin after `since` (None: from the beginning), up to and including `until`; none after `seen` counts.

    Aware UTC. `followed`: how long after its end what happens still counts.
    """

    since: datetime | None
    until: datetime
    followed: timedelta = timedelta()

    @property
    def seen(self) -> datetime:
        return self.until + self.followed


def moment(text: str) -> datetime:
    """An ISO date is its first midnight in UTC; a date-time without a zone is UTC."""
    try:
        read = datetime.fromisoformat(text)
        return read.astimezone(UTC) if read.tzinfo else datetime.combine(read.date(), read.time(), UTC)
    except (ValueError, OverflowError):
        raise BadWindow(f"Date {text!r} is not known; write 2026-03-31 or 2026-03-31T18:00.") from None
