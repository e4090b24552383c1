"""What SQLite says in its own way."""

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection, transaction

from commonplace.internalizing.search.engines.limits import Places, Statement, TooSlow
from commonplace.ledger import clock

STEPS = 20_000  # About a millisecond of its virtual machine.
ARM = """SELECT * FROM (SELECT term, document, thread, impact FROM internalizing_posting
    WHERE term = %s ORDER BY document DESC LIMIT %s)"""
MOST_ARMS = 400  # It takes 500 in one statement.
READ = """SELECT id, weight, kind, community_id, subject, thread, {} FROM internalizing_document
    WHERE id IN (SELECT value FROM json_each(%s))"""
# What is joined crosswise is joined in this order.
HAVE = """SELECT term, document, impact FROM {} CROSS JOIN internalizing_posting
    WHERE term = listed.c0 AND document = listed.c1"""
NAMED = """SELECT term.id, term.word, term.community, term.kind, term.documents
    FROM json_each(%s) AS named CROSS JOIN json_each(%s) AS here CROSS JOIN json_each(%s) AS sort
    CROSS JOIN internalizing_term AS term WHERE term.word = named.value AND term.community = here.value
    AND term.kind = sort.value AND term.documents > 0 AND term.written >= %s"""
SLIPPED = """SELECT DISTINCT slip.word FROM json_each(%s) AS rest CROSS JOIN json_each(%s) AS here
    CROSS JOIN internalizing_slip AS slip WHERE slip.slip = rest.value AND slip.community = here.value"""
BEGUN = """SELECT term.id, term.word, term.community, term.kind, term.documents
    FROM json_each(%s) AS here CROSS JOIN json_each(%s) AS sort CROSS JOIN internalizing_term AS term
    WHERE term.id IN (SELECT id FROM internalizing_term WHERE community = here.value AND kind = sort.value
        AND word > %s AND word < %s AND documents > 0 ORDER BY word LIMIT %s)"""


class Sqlite:
    def listed(self, rows: Sequence[Sequence[Any]], kinds: str) -> Statement:
        columns = ", ".join(f"json_extract(value, '$[{number}]') AS c{number}" for number in range(len(kinds)))
        return f"(SELECT {columns} FROM json_each(%s)) AS listed", [json.dumps([list(row) for row in rows])]

    def named(self, words: Collection[str], places: Places, written: bool) -> Statement:
        return NAMED, [*_listed(words, *places), int(written)]

    def slipped(self, slips: Collection[str], communities: Collection[str]) -> Statement:
        return SLIPPED, _listed(slips, communities)

    def begun(self, places: Places, beyond: str, before: str, most: int) -> Statement:
        return BEGUN, [*_listed(*places), beyond, before, most]

    def newest(self, asked: Sequence[tuple[int, int]]) -> Iterator[Statement]:
        for at in range(0, len(asked), MOST_ARMS):
            part = asked[at : at + MOST_ARMS]
            yield " UNION ALL ".join([ARM] * len(part)), [value for pair in part for value in pair]

    def read(self, documents: Sequence[int], column: str) -> Statement:
        return READ.format(column), [json.dumps(list(documents))]

    def have(self, pairs: Sequence[tuple[int, int]]) -> Statement:
        table, parameters = self.listed(pairs, "ii")
        return HAVE.format(table), parameters

    @contextmanager
    def alone(self) -> Iterator[None]:
        with transaction.atomic():  # SQLite has one pen, and it is taken at the beginning.
            yield

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        connection.ensure_connection()
        until = clock.wall().timestamp() + seconds
        connection.connection.set_progress_handler(lambda: clock.wall().timestamp() > until, STEPS)
        try:
            yield
        except OperationalError as error:
            if "interrupted" in str(error):
                raise TooSlow from error
            raise
        finally:
            connection.connection.set_progress_handler(None, 0)


def _listed(*several: Collection[str]) -> list[str]:
    return [json.dumps(list(each)) for each in several]
