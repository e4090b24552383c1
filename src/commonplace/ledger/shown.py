"""A form shown filled, as somebody typed it: its view is asked what it would show, and nothing is done."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction

WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP)\b", re.IGNORECASE)

_only: ContextVar[bool] = ContextVar("only_shown", default=False)


class WouldBeDone(Exception):
    """A view does something without asking its form: it cannot be shown as it was sent."""


@contextmanager
def only_shown() -> Iterator[None]:
    """Within this block no act is carried out and no row is written."""
    token = _only.set(True)
    try:
        with transaction.atomic(), connection.execute_wrapper(_reads):
            yield
    finally:
        _only.reset(token)


def is_only_shown() -> bool:
    return _only.get()


def must_be_meant() -> None:
    """Before whatever does something."""
    if is_only_shown():
        raise WouldBeDone


def _reads(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if WRITES.match(sql):
        raise WouldBeDone(sql[:80])
    return execute(sql, params, many, context)
