"""What rounds have against giving somebody a role. The layer that holds them answers; this one asks, and names none."""

from collections.abc import Callable
from enum import StrEnum

from commonplace.communities.models import Community, Person


class Recall(StrEnum):
    """Of a facilitator: a round on it is open; or was accepted, and nobody gave them the role anew since."""

    NONE = ""
    OPEN = "open"
    ACCEPTED = "accepted"


_asked: list[Callable[[Person, Community], Recall]] = []


def answers(recall_of: Callable[[Person, Community], Recall]) -> None:
    """Called once at start-up."""
    _asked.append(recall_of)


def recall_of(person: Person, community: Community) -> Recall:
    return next((recall for one in _asked if (recall := one(person, community))), Recall.NONE)
