"""The story is played: each happening through its act, at its time, by whom it names."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection

from commonplace.demo.happening import Happening
from commonplace.demo.moments import Calendar
from commonplace.demo.unreadable import ScenarioError
from commonplace.demo.world import World
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible

ZONE = ZoneInfo("Europe/Brussels")


def calendar() -> Calendar:
    """Counted back from today."""
    return Calendar(clock.now().astimezone(ZONE).date(), ZONE)


def play(happenings: list[Happening], advance: Callable[[], object] = lambda: None) -> World:
    """Into an empty database; `advance` is called after each. An act that refuses raises ScenarioError."""
    world = World()
    with _in_haste():
        for happening in happenings:
            _perform(happening, world)
            advance()
    return world


def _perform(happening: Happening, world: World) -> None:
    try:
        with clock.at(happening.at):
            happening.deed.perform(world)
    except (NotPossible, NotAllowed, ScenarioError) as refusal:
        raise ScenarioError(happening.place, f"{_when(happening.at)}: {happening.deed}: {refusal}") from refusal


def _when(at: datetime) -> str:
    return f"{at.astimezone(ZONE):%d %B %Y %H:%M}"


@contextmanager
def _in_haste() -> Iterator[None]:
    """SQLite doesn't wait for the disk meanwhile: an unfinished example is made anew, so nothing can be lost."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        try:
            yield
        finally:
            cursor.execute("PRAGMA synchronous=FULL")
