"""Moments as people read them, in the reader's own language and time zone."""

from datetime import datetime

from django.utils import formats, timezone


def localdate(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "DATE_FORMAT")
