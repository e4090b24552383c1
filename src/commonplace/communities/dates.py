"""Moments as people read them, in the reader's own language and time zone."""

from datetime import datetime, tzinfo
from functools import lru_cache

from django.utils import formats, timezone, translation

MOST = 10_000


def localdate(moment: datetime) -> str:
    return _written(moment, "DATE_FORMAT", timezone.get_current_timezone(), translation.get_language())


def localtime(moment: datetime) -> str:
    return _written(moment, "DATETIME_FORMAT", timezone.get_current_timezone(), translation.get_language())


@lru_cache(MOST)
def _written(moment: datetime, style: str, zone: tzinfo, language: str | None) -> str:
    """Remembered, since writing a date costs as much as the rest of what stands beside it."""
    return formats.date_format(timezone.localtime(moment, zone), style)
