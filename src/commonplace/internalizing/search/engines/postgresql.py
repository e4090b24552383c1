"""What PostgreSQL says in its own way. It needs no extension, no dictionary and no superuser."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from commonplace.internalizing.search.engines.limits import Places, Statement, TooSlow

KINDS = {"i": "bigint[]", "t": "text[]"}
NEWEST = """SELECT newest.* FROM unnest(%s::bigint[], %s::int[]) AS asked(term, most), LATERAL (
    SELECT term, document, thread, impact FROM internalizing_posting AS posting
    WHERE posting.term = asked.term ORDER BY document DESC LIMIT asked.most) AS newest"""
# LIMIT 1 keeps them from being joined in another way than one by one.
READ = """SELECT id, weight, kind, community_id, subject, thread, {} FROM unnest(%s::bigint[]) AS asked(document),
    LATERAL (SELECT * FROM internalizing_document WHERE id = asked.document LIMIT 1) AS document"""
HAVE = """SELECT c0, c1, impact FROM {}, LATERAL (SELECT impact FROM internalizing_posting
    WHERE term = listed.c0 AND document = listed.c1 LIMIT 1) AS posting"""
NAMED = """SELECT term.* FROM unnest(%s::text[]) AS named(word), unnest(%s::text[]) AS here(community),
    unnest(%s::text[]) AS sort(kind), LATERAL (SELECT id, word, community, kind, documents FROM internalizing_term
    WHERE word = named.word AND community = here.community AND kind = sort.kind AND documents > 0 AND written >= %s
    LIMIT 1) AS term"""
SLIPPED = """SELECT DISTINCT near.word FROM unnest(%s::text[]) AS rest(slip), unnest(%s::text[]) AS here(community),
    LATERAL (SELECT word FROM internalizing_slip AS slip WHERE slip.slip = rest.slip
    AND slip.community = here.community LIMIT 10000) AS near"""
BEGUN = """SELECT begun.* FROM unnest(%s::text[]) AS here(community), unnest(%s::text[]) AS sort(kind), LATERAL (
    SELECT id, word, community, kind, documents FROM internalizing_term AS term
    WHERE term.community = here.community AND term.kind = sort.kind AND word > %s AND word < %s AND documents > 0
    ORDER BY word LIMIT %s) AS begun"""
LOCK = 0x5EA2C4  # Any number that nobody else locks.


class Postgresql:
    def listed(self, rows: Sequence[Sequence[Any]], kinds: str) -> Statement:
        columns = ", ".join(f"c{number}" for number in range(len(kinds)))
        arrays = ", ".join(f"%s::{KINDS[kind]}" for kind in kinds)
        values = [[row[number] for row in rows] for number in range(len(kinds))]
        return f"(SELECT * FROM unnest({arrays}) AS listed({columns})) AS listed", values

    def named(self, words: Collection[str], places: Places, written: bool) -> Statement:
        return NAMED, [list(words), *map(list, places), int(written)]

    def slipped(self, slips: Collection[str], communities: Collection[str]) -> Statement:
        return SLIPPED, [list(slips), list(communities)]

    def begun(self, places: Places, beyond: str, before: str, most: int) -> Statement:
        return BEGUN, [*map(list, places), beyond, before, most]

    def newest(self, asked: Sequence[tuple[int, int]]) -> Iterator[Statement]:
        yield NEWEST, [[term for term, _ in asked], [most for _, most in asked]]

    def read(self, documents: Sequence[int], column: str) -> Statement:
        return READ.format(column), [list(documents)]

    def have(self, pairs: Sequence[tuple[int, int]]) -> Statement:
        table, parameters = self.listed(pairs, "ii")
        return HAVE.format(table), parameters

    @contextmanager
    def alone(self) -> Iterator[None]:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            yield

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """To the end of the transaction, which is ours; within another's, no longer than this block."""
        within = connection.in_atomic_block
        with nullcontext() if within else transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{seconds * 1000:.0f}"])
            try:
                yield
            except OperationalError as error:
                if isinstance(error.__cause__, QueryCanceled):
                    raise TooSlow from error
                raise
            if within:
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL statement_timeout TO DEFAULT")
