"""The one clock. Nothing else asks for the time, so demo, imports, deadlines and tests can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_set: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present moment of the story being told, aware, in UTC."""
    return _set.get() or wall()


def wall() -> datetime:
    """The present moment of this machine: when something was recorded, whenever it happened."""
    return datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within this block it is `moment` (aware)."""
    if moment.tzinfo is None:
        raise ValueError("The clock needs an aware moment: add a time zone.")
    token = _set.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set.reset(token)


@contextmanager
def still() -> Iterator[datetime]:
    """Within this block it stays now: all that one act writes has one time."""
    with at(now()):
        yield now()
