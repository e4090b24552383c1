"""What waits, the most urgent first: what closes within days, what is about oneself, what has a day, what waits; then
what has waited so long that it is a nag. The one place that orders needs."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Protocol, TypeVar

SOON, LONG = timedelta(days=3), timedelta(days=90)


class Urgency(IntEnum):
    """WAITS unless a need says otherwise: SOON, MINE or LAST, which is asked of everybody. The others follow from its
    moments."""

    SOON = 0
    MINE = 1
    DATED = 2
    WAITS = 3
    NAGS = 4
    LAST = 5


class Urgent(Protocol):
    @property
    def since(self) -> datetime: ...

    @property
    def due(self) -> datetime | None: ...

    @property
    def urgency(self) -> Urgency: ...


U = TypeVar("U", bound=Urgent)


def urgency(need: Urgent, now: datetime) -> Urgency:
    """What is due and whose day has passed waits as anything else does."""
    to_come = need.due is not None and need.due >= now
    if need.due is not None and to_come and need.due - now <= SOON:
        return Urgency.SOON
    if need.urgency != Urgency.WAITS:
        return need.urgency
    if to_come:
        return Urgency.DATED
    return Urgency.NAGS if now - need.since > LONG else Urgency.WAITS


def by_urgency(needs: Iterable[U], now: datetime) -> list[U]:
    """Among equals what closes first, or has waited longest."""

    def place(need: U) -> tuple[Urgency, datetime]:
        rank = urgency(need, now)
        is_dated = need.due is not None and rank in (Urgency.SOON, Urgency.DATED)
        return rank, need.due if is_dated and need.due else need.since

    return sorted(needs, key=place)
