"""One moment of the database for a long reading, without holding up anybody who writes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

READ_ONLY = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"


@contextmanager
def snapshot() -> Iterator[None]:
    """Within this block every query sees the same moment; within a transaction already begun, that one's."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(READ_ONLY)
            yield
    else:
        with connection.cursor() as cursor:
            # Not `atomic`, which takes SQLite's write lock at once.
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
