"""What only one process may do at a time to a whole installation: make its database, or bring it up to date."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

LOCK = 7_061_747_468


@contextmanager
def alone() -> Iterator[None]:
    """Whoever comes second waits. The data folder's secret is what they take hold of: it is always there."""
    with (settings.DATA / "secret.key").open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with _alone_on_the_server():
            yield


@contextmanager
def _alone_on_the_server() -> Iterator[None]:
    """Several machines may share one PostgreSQL."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
