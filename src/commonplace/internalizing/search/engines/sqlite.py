"""SQLite's FTS5: a virtual table beside the documents, joined by row number."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import QuerySet

from commonplace.internalizing.models import Document, DocumentQuerySet
from commonplace.internalizing.search.engines.entry import Entry
from commonplace.internalizing.search.typed import Term

# `rank` is bm25 with the weights set in migration 0002, negative, better is lower.
SCORE = "-internalizing_words.rank * (1 + 0.5 * internalizing_document.weight)"
JOIN = "internalizing_words.rowid = internalizing_document.id"


class Sqlite:
    def matching(self, documents: DocumentQuerySet, terms: Sequence[Term], every: bool) -> QuerySet[Document]:
        return documents.extra(  # noqa: S610 a term is letters and digits, and a parameter
            select={"score": SCORE},
            tables=["internalizing_words"],
            where=[JOIN, "internalizing_words MATCH %s"],
            params=[(" AND " if every else " OR ").join(map(_alternatives, terms))],
        )

    def write(self, entries: Sequence[Entry]) -> None:
        rows = [(entry.id, " ".join(entry.title), " ".join(entry.text), " ".join(entry.stems)) for entry in entries]
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM internalizing_words WHERE rowid = %s", [row[:1] for row in rows])
            cursor.executemany(
                "INSERT INTO internalizing_words (rowid, title, text, stems) VALUES (%s, %s, %s, %s)", rows
            )

    def forget_orphans(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM internalizing_words WHERE rowid NOT IN (SELECT id FROM internalizing_document)")


def _alternatives(term: Term) -> str:
    own = f'"{term.word}"' + ("*" if term.begins else "")
    return "(" + " OR ".join([own, *(f'"{stem}"' for stem in term.others)]) + ")"
