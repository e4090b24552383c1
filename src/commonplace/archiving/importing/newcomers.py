"""Who was a newcomer when they acted, as far as an archive can know."""

from datetime import datetime, timedelta

from django.conf import settings

FOUNDING = timedelta(days=90)


def is_newcomer(at: datetime, joined: datetime | None, founded: datetime) -> bool | None:
    """None for no member; and for whoever came with the founding: nobody asked them if the work is new to them."""
    if joined is None or at < joined:
        return None
    if at - joined >= timedelta(days=settings.NEWCOMER_DAYS):
        return False
    return True if joined - founded >= FOUNDING else None
