"""Which engine: the one that the database has. Beside it, how a statement of the index is run."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from django.db import connection

from commonplace.internalizing.search.engines.limits import TooSlow
from commonplace.internalizing.search.engines.postgresql import Postgresql
from commonplace.internalizing.search.engines.sqlite import Sqlite

Row = tuple[Any, ...]
__all__ = ["Engine", "Row", "TooSlow", "changed", "engine", "rows"]


class Engine(Protocol):
    def listed(self, rows: Sequence[Sequence[Any]], kinds: str) -> tuple[str, list[Any]]:
        """A table of these rows to select from, its columns c0, c1, ...: `kinds` has i for a number, t for a text."""

    def newest(self, asked: Sequence[tuple[int, int]]) -> tuple[str, list[Any]]:
        """Of each (name, most): its newest postings, whatever else the index holds."""

    def looked_at(self, documents: Sequence[int], terms: Sequence[int], column: str) -> tuple[str, list[Any]]:
        """Of each document (0, its number, weight, kind, subject, thread, column); and each (term, number, impact)."""

    def alone(self) -> AbstractContextManager[None]:
        """Within this block, a transaction, nobody else changes the index."""

    def limited(self, seconds: float) -> AbstractContextManager[None]:
        """Within this block statements that take longer are ended: TooSlow."""


def engine() -> Engine:
    return Postgresql() if connection.vendor == "postgresql" else Sqlite()


def rows(statement: str, parameters: Sequence[Any] = ()) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def changed(statement: str, parameters: Sequence[Any] = ()) -> int:
    """How many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)
