"""New rows that are handed to an act: as they were again if it fails, so that it can be tried again."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models

from commonplace.ledger.locking import MANY


@contextmanager
def put_back(values: Iterable[Any]) -> Iterator[None]:
    """If this block fails, what it did to the new rows among these values is undone."""
    before = [(row, row.__getstate__()) for row in _new(values)]
    try:
        yield
    except BaseException:
        for row, columns in before:
            row.__dict__.clear()
            row.__dict__.update(columns)
        raise


def _new(values: Iterable[Any]) -> Iterator[models.Model]:
    for value in values:
        if isinstance(value, models.Model) and value._state.adding:
            yield value
        elif type(value) in MANY:
            yield from _new(value)
