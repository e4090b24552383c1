"""What PostgreSQL says in its own way. It needs no extension, no dictionary and no superuser."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from commonplace.internalizing.search.engines.limits import TooSlow

KINDS = {"i": "bigint[]", "t": "text[]"}
NEWEST = """SELECT newest.* FROM unnest(%s::bigint[], %s::int[]) AS asked(term, most), LATERAL (
    SELECT term, document, thread, impact FROM internalizing_posting AS posting
    WHERE posting.term = asked.term ORDER BY document DESC LIMIT asked.most) AS newest"""
# LIMIT 1 keeps them from being joined in another way than one by one.
READ = """SELECT 0, id, weight, kind, subject, thread, {} FROM unnest(%s::bigint[]) AS asked(document),
    LATERAL (SELECT * FROM internalizing_document WHERE id = asked.document LIMIT 1) AS document"""
HAVE = """SELECT asked.term, had.document, impact, '', '', '', '' FROM unnest(%s::bigint[]) AS asked(term),
    unnest(%s::bigint[]) AS had(document), LATERAL (SELECT impact FROM internalizing_posting AS posting
    WHERE posting.term = asked.term AND posting.document = had.document LIMIT 1) AS posting"""
LOCK = 0x5EA2C4  # Any number that nobody else locks.


class Postgresql:
    def listed(self, rows: Sequence[Sequence[Any]], kinds: str) -> tuple[str, list[Any]]:
        columns = ", ".join(f"c{number}" for number in range(len(kinds)))
        arrays = ", ".join(f"%s::{KINDS[kind]}" for kind in kinds)
        values = [[row[number] for row in rows] for number in range(len(kinds))]
        return f"(SELECT * FROM unnest({arrays}) AS listed({columns})) AS listed", values

    def newest(self, asked: Sequence[tuple[int, int]]) -> tuple[str, list[Any]]:
        return NEWEST, [[term for term, _ in asked], [most for _, most in asked]]

    def looked_at(self, documents: Sequence[int], terms: Sequence[int], column: str) -> tuple[str, list[Any]]:
        return f"{READ.format(column)} UNION ALL {HAVE}", [list(documents), list(terms), list(documents)]

    @contextmanager
    def alone(self) -> Iterator[None]:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            yield

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """To the end of the transaction, which is ours."""
        with nullcontext() if connection.in_atomic_block else transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{seconds * 1000:.0f}"])
            try:
                yield
            except OperationalError as error:
                if isinstance(error.__cause__, QueryCanceled):
                    raise TooSlow from error
                raise
