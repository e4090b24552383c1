"""What SQLite says in its own way."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection, transaction

from commonplace.internalizing.search.engines.limits import TooSlow
from commonplace.ledger import clock

STEPS = 20_000  # About a millisecond of its virtual machine.
ARM = """SELECT * FROM (SELECT term, document, thread, impact FROM internalizing_posting
    WHERE term = %s ORDER BY document DESC LIMIT %s)"""
READ = "SELECT 0, id, weight, kind, subject, thread, {} FROM internalizing_document WHERE id IN ({})"
HAVE = (
    "SELECT term, document, impact, '', '', '', '' FROM internalizing_posting WHERE term IN ({}) AND document IN ({})"
)
FEW = "SELECT term, document, thread, impact FROM internalizing_posting WHERE 0"


class Sqlite:
    def listed(self, rows: Sequence[Sequence[Any]], kinds: str) -> tuple[str, list[Any]]:
        columns = ", ".join(f"json_extract(value, '$[{number}]') AS c{number}" for number in range(len(kinds)))
        return f"(SELECT {columns} FROM json_each(%s)) AS listed", [json.dumps([list(row) for row in rows])]

    def newest(self, asked: Sequence[tuple[int, int]]) -> tuple[str, list[Any]]:
        arms = [ARM] * len(asked) or [FEW]
        return " UNION ALL ".join(arms), [value for pair in asked for value in pair]

    def looked_at(self, documents: Sequence[int], terms: Sequence[int], column: str) -> tuple[str, list[Any]]:
        numbers, names = (", ".join(["%s"] * len(values)) for values in (documents, terms))
        read, have = READ.format(column, numbers), HAVE.format(names, numbers)
        return f"{read} UNION ALL {have}", [*documents, *terms, *documents]

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
