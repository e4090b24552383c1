"""Moments and durations as people read them, in the reader's own language and time zone."""

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from functools import lru_cache

from django.utils import formats, timezone, translation
from django.utils.translation import gettext, ngettext

MOST = 10_000
# French writes the first of a month as an ordinal, and no other day.
FIRST_OF_MONTH = {"fr": r"j\e\r"}


def localday(day: date, exact_to: str = "day") -> str:
    """A day that is the same in every time zone; no more of it than is known."""
    if exact_to == "year":
        return str(day.year)
    style = "YEAR_MONTH_FORMAT" if exact_to == "month" else "DATE_FORMAT"
    return _in_words(day, style, translation.get_language())


def localdate(moment: datetime) -> str:
    return _written(moment, "DATE_FORMAT", timezone.get_current_timezone(), translation.get_language())


def localtime(moment: datetime) -> str:
    return _written(moment, "DATETIME_FORMAT", timezone.get_current_timezone(), translation.get_language())


@lru_cache(MOST)
def _written(moment: datetime, style: str, zone: tzinfo, language: str | None) -> str:
    """Remembered, since writing a date costs as much as the rest of what stands beside it."""
    return _in_words(timezone.localtime(moment, zone), style, language)


def _in_words(day: date, style: str, language: str | None) -> str:
    style = formats.get_format(style, language)
    if day.day == 1:
        style = style.replace("j", FIRST_OF_MONTH.get(language or "", "j"))
    return formats.date_format(day, style)


STEPS: list[tuple[int, Callable[[int], str]]] = [
    (86400, lambda n: ngettext("%(n)s day", "%(n)s days", n) % {"n": n}),
    (3600, lambda n: gettext("%(n)s h") % {"n": n}),
    (60, lambda n: gettext("%(n)s min") % {"n": n}),
]


def duration(seconds: float) -> str:
    """The two largest parts that say something: 3 h 10 min; 94 days."""
    rest, parts = int(seconds), []
    for size, words in STEPS:
        count, rest = divmod(rest, size)
        if count:
            parts.append(words(count))
    if int(seconds) >= 3 * 86400:
        parts = parts[:1]
    return " ".join(parts[:2]) or gettext("less than a minute")
