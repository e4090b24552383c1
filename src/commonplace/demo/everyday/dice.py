"""Chance with a seed: the same seed tells the same everyday."""

import math
import random
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from commonplace.demo.moments import Calendar
from commonplace.demo.told.people import ToldPerson

T = TypeVar("T")
FIRST_HOUR, LAST_HOUR = 6, 21
SETTLED_AFTER = timedelta(days=1)
NEWCOMER_DAYS = 120


class Dice:
    def __init__(self, seed: int, calendar: Calendar, people: Sequence[ToldPerson]) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a story, not a secret
        self.calendar, self.people = calendar, [person for person in people if person.unit]

    def one(self, of: Sequence[T]) -> T:
        return self.chance.choice(of)

    def happens(self, of_hundred: int) -> bool:
        return self.chance.random() * 100 < of_hundred

    def mixed(self, items: Sequence[T]) -> list[T]:
        return self.chance.sample(items, len(items))

    def working_moment(self, first: int, last: int) -> datetime:
        """Between two days, later ones likelier; seldom on a weekend."""
        day = round(first + (last - first) * self.chance.random() ** 0.8)
        at = self.calendar.on(day, self.chance.randint(FIRST_HOUR, 17), self.chance.randint(0, 59))
        return at if at.weekday() < 5 or self.happens(15) else self.working_moment(first, last)

    def later(self, at: datetime, hours: float) -> datetime:
        """After some time, half of the time within `hours`; whoever would be woken writes in the morning."""
        passed = min(hours * math.exp(self.chance.gauss(0, 1.3)), hours * 60)
        then = (at + timedelta(hours=max(passed, 0.1))).astimezone(self.calendar.zone)
        if FIRST_HOUR <= then.hour <= LAST_HOUR:
            return then.astimezone(UTC)
        return (then + timedelta(hours=(FIRST_HOUR - then.hour) % 24)).astimezone(UTC)

    def somebody(self, at: datetime, but: Collection[str] = (), least: float = 0) -> str:
        """Someone who was there by then, the active ones likelier; `least` gives those who only read a chance."""
        there = [one for one in self.people if one.id not in but and self._is_there(one, at)]
        return self.chance.choices(there, [max(one.active, least) for one in there])[0].id

    def newcomer(self, at: datetime) -> str | None:
        """Someone who had come lately, if anyone had."""
        lately = timedelta(days=NEWCOMER_DAYS)
        new = [one.id for one in self.people if SETTLED_AFTER < at - self._since(one) < lately and one.active]
        return self.one(new) if new else None

    def _is_there(self, one: ToldPerson, at: datetime) -> bool:
        return self._since(one) <= at - SETTLED_AFTER and not (one.left and at >= self.calendar.on(one.left))

    def _since(self, person: ToldPerson) -> datetime:
        return self.calendar.on(person.joined)
