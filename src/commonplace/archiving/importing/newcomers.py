"""Who was a newcomer when they acted, as far as an archive can know."""

from datetime import datetime

from commonplace.communities.models import Experience
from commonplace.communities.models.membership import is_newcomer

ANSWERS = Experience.UNSAID, Experience.NEW


def known_newcomer(at: datetime, joined: datetime | None, founded: datetime) -> bool | None:
    """None for no member; and where it hangs on what nobody asked them: is this work new to you?"""
    if joined is None or at < joined:
        return None
    either = {is_newcomer(at, joined, founded, answer) for answer in ANSWERS}
    return either.pop() if len(either) == 1 else None
