"""What needs somebody stands by urgency: what closes soon and what is about them before a nag of last year."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from commonplace.communities.urgency import Urgency, by_urgency

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Need:
    name: str
    waits: float
    left: float | None = None
    urgency: Urgency = Urgency.WAITS

    @property
    def since(self) -> datetime:
        return NOW - timedelta(days=self.waits)

    @property
    def due(self) -> datetime | None:
        return None if self.left is None else NOW + timedelta(days=self.left)


TOMORROW = Need("a round that closes tomorrow", 6, 1)
IN_DAYS = Need("a round that closes in three days", 6, 3)
LATER = Need("a round that closes in ten days", 4, 10)
MUCH_LATER = Need("a round that closes in twenty days", 30, 20)
MINE = Need("my words are quoted", 2, 5, Urgency.MINE)
MY_OBJECTION = Need("my objection, in a round that closes tomorrow", 5, 1, Urgency.MINE)
OLD_AND_MINE = Need("a role offered half a year ago", 180, None, Urgency.MINE)
NEARS = Need("a challenge whose end nears", 50, 14, Urgency.SOON)
FRESH = Need("an exchange without an answer", 3)
WAITED = Need("a review", 40)
OVERDUE = Need("closed a week ago", 20, -7)
NAG = Need("a nag of last year", 400)
FOR_ALL = Need("a minor edit", 1, None, Urgency.LAST)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (TOMORROW, NAG), (TOMORROW, IN_DAYS), (TOMORROW, MINE), (IN_DAYS, OLD_AND_MINE), (MY_OBJECTION, MINE),
        (MINE, LATER), (OLD_AND_MINE, LATER), (OLD_AND_MINE, NAG), (LATER, MUCH_LATER), (MUCH_LATER, FRESH),
        (IN_DAYS, NEARS), (NEARS, MINE), (WAITED, FRESH), (FRESH, NAG), (WAITED, NAG), (LATER, OVERDUE),
        (OVERDUE, FRESH), (NAG, FOR_ALL),
    ],
)  # fmt: skip
def test_what_is_more_urgent_comes_first(first: Need, then: Need) -> None:
    assert by_urgency([then, first], NOW) == [first, then]
    assert by_urgency([first, then], NOW) == [first, then]


def test_of_equals_the_one_that_came_first_stays_first() -> None:
    ones = [Need("one", 3), Need("another", 3)]
    assert by_urgency(ones, NOW) == ones
