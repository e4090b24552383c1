"""One at a time adds to the store or takes from it: no bytes are taken away while a row that names them is coming."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection, transaction

LOCK: Final = 7_061_747_469


@contextmanager
def alone() -> Iterator[None]:
    """A short transaction; whoever waits for it sees what it left. SQLite has one pen, taken at the beginning."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield
