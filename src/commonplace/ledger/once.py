"""What is settled once for a page: read at the first question, forgotten at its end and by every act."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

V = TypeVar("V")

_page: ContextVar[dict[Hashable, Any] | None] = ContextVar("page", default=None)


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


@contextmanager
def a_page() -> Iterator[None]:
    token = _page.set({})
    try:
        yield
    finally:
        _page.reset(token)


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
