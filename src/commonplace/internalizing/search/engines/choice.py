"""Which engine: the one that the database has."""

from collections.abc import Sequence
from typing import Protocol

from django.db import connection
from django.db.models import QuerySet

from commonplace.internalizing.models import Document, DocumentQuerySet
from commonplace.internalizing.search.engines.entry import Entry
from commonplace.internalizing.search.engines.postgresql import Postgresql
from commonplace.internalizing.search.engines.sqlite import Sqlite
from commonplace.internalizing.search.typed import Term


class Engine(Protocol):
    def matching(self, documents: DocumentQuerySet, terms: Sequence[Term], every: bool) -> QuerySet[Document]:
        """Those with `every` term, or with any; `score` is added, more is better."""

    def write(self, entries: Sequence[Entry]) -> None:
        """Put the words of stored documents into the index, in place of what it had."""

    def forget_orphans(self) -> None:
        """Drop words whose document is gone."""


def engine() -> Engine:
    return Postgresql() if connection.vendor == "postgresql" else Sqlite()
