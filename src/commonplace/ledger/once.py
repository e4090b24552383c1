"""What is settled once for a page: read at the first question, forgotten at its end and by every act."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

V = TypeVar("V")

_page: ContextVar[dict[Hashable, Any] | None] = ContextVar("page", default=None)
_noted: ContextVar[dict[Hashable, Any] | None] = ContextVar("noted", default=None)


def once(key: Hashable, read: Callable[[], V]) -> V:
    """`read()`, or what it gave before on this page; outside a page, and within an act, always afresh."""
    settled = _page.get()
    if settled is None:
        return read()
    if key not in settled:
        settled[key] = read()
    value: V = settled[key]
    return value


def on_a_page() -> bool:
    return _page.get() is not None


def note(key: Hashable, value: Any) -> None:
    """What this page is about, and who reads it: no act changes that. Outside a page nothing is noted."""
    if (notes := _noted.get()) is not None:
        notes[key] = value


def noted(key: Hashable) -> Any:
    return (_noted.get() or {}).get(key)


@contextmanager
def a_page() -> Iterator[None]:
    token, before = _page.set({}), _noted.set({})
    try:
        yield
    finally:
        _page.reset(token)
        _noted.reset(before)


@contextmanager
def afresh() -> Iterator[None]:
    """Within this block nothing is remembered; after it the page asks again."""
    settled, token = _page.get(), _page.set(None)
    try:
        yield
    finally:
        _page.reset(token)
        if settled is not None:
            settled.clear()
