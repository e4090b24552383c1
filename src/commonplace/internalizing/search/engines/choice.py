"""Which engine: the one that the database has. Beside it, how a statement of the index is run."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from django.db import connection

from commonplace.internalizing.search.engines.limits import Places, Statement, TooSlow
from commonplace.internalizing.search.engines.postgresql import Postgresql
from commonplace.internalizing.search.engines.sqlite import Sqlite

Row = tuple[Any, ...]
__all__ = ["Engine", "Row", "Statement", "TooSlow", "changed", "engine", "rows"]


class Engine(Protocol):
    def listed(self, rows: Sequence[Sequence[Any]], kinds: str) -> Statement:
        """A table of these rows to select from, its columns c0, c1, ...: `kinds` has i for a number, t for a text."""

    def named(self, words: Collection[str], places: Places, written: bool) -> Statement:
        """The names that these words have there; only those that somebody wrote so."""

    def slipped(self, slips: Collection[str], communities: Collection[str]) -> Statement:
        """The words of these communities of which one of these is left when a letter is left out."""

    def begun(self, places: Places, beyond: str, before: str, most: int) -> Statement:
        """Of each community and kind the first names between these; nothing else is touched."""

    def newest(self, asked: Sequence[tuple[int, int]]) -> Iterable[Statement]:
        """Of each (name, most): its newest postings, whatever else the index holds."""

    def read(self, documents: Sequence[int], column: str) -> Statement:
        """Of each document its number, weight, kind, community, subject, thread, and this column."""

    def have(self, pairs: Sequence[tuple[int, int]]) -> Statement:
        """Of these (term, document) those that there are, with what they add."""

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
