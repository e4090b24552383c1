"""Brought in once more under its name: read as somebody said by hand the last time."""

from typing import Any, Final

from commonplace.communities.models import Community
from commonplace.objectifying.models import Batch
from commonplace.untrusted.visible import one_line

BY_HAND: Final = ("columns", "meanings", "dates")
NOTHING: Final[dict[str, Any]] = {"columns": {}, "meanings": {}, "dates": ""}


def said_before(community: Community, called: str) -> dict[str, Any]:
    """What its headings and status words mean, and how its dates are read; of what came in last by this name."""
    rows = Batch.objects.filter(community=community, called=one_line(called), confirmed_at__isnull=False)
    last = rows.everywhere("the same table reads the same").order_by("-confirmed_at").first()
    return {name: getattr(last, name) for name in BY_HAND} if last else {**NOTHING}
