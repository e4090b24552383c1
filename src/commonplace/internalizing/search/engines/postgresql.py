"""PostgreSQL's tsvector, in a column of the documents that only this file knows.

Words are folded and stemmed before they come here, so it needs no extension, no dictionary and no superuser.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.models import QuerySet

from commonplace.internalizing.models import Document, DocumentQuerySet
from commonplace.internalizing.search.engines.entry import Entry
from commonplace.internalizing.search.typed import Term

# Weights of D, C, B, A; 1 divides by the logarithm of the length.
RANK = "ts_rank('{0.1, 0.2, 0.3, 1.0}', internalizing_document.words, %s::tsquery, 1)"
SCORE = f"{RANK} * (1 + 0.5 * internalizing_document.weight)"
LAST_POSITION, MOST_POSITIONS = 16_383, 255


class Postgresql:
    def matching(self, documents: DocumentQuerySet, terms: Sequence[Term], every: bool) -> QuerySet[Document]:
        asked = (" & " if every else " | ").join(map(_alternatives, terms))
        return documents.extra(  # noqa: S610 a term is letters and digits, and a parameter
            select={"score": SCORE},
            select_params=[asked],
            where=["internalizing_document.words @@ %s::tsquery"],
            params=[asked],
        )

    def write(self, entries: Sequence[Entry]) -> None:
        rows = [(vector(entry), entry.id) for entry in entries]
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE internalizing_document SET words = %s::tsvector WHERE id = %s", rows)

    def forget_orphans(self) -> None:
        """The words lie in the document's own row."""


def vector(entry: Entry) -> str:
    """The tsvector as text: 'prime':3A,17B."""
    places: dict[str, list[str]] = {}
    position = 0
    for weight, words in (("A", entry.title), ("B", entry.text), ("D", entry.stems)):
        for word in words:
            position = min(position + 1, LAST_POSITION)
            places.setdefault(word, []).append(f"{position}{weight}")
    return " ".join(f"'{word}':{','.join(at[:MOST_POSITIONS])}" for word, at in places.items())


def _alternatives(term: Term) -> str:
    own = f"'{term.word}'" + (":*" if term.begins else "")
    return "(" + " | ".join([own, *(f"'{stem}'" for stem in term.others)]) + ")"
