"""What closes and falls due for somebody: contributed by phases, composed into a calendar (docs/decisions/0014)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class DueDate:
    """`on`: a day, which is the same everywhere, or a moment. `uid`: the same for as long as it waits; `what`: in
    words, before its title; `since`: when it came to be so; `community`: by its title."""

    uid: str
    what: str
    title: str
    on: date | datetime
    since: datetime
    href: str
    community: str


@dataclass(frozen=True, slots=True)
class Dates:
    """`due(person, since, until)`: what closes or falls due for this person in that time, and they may read."""

    name: str
    due: Callable[[Any, datetime, datetime], Iterable[DueDate]]
