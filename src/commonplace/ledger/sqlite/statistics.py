"""SQLite plans by what was counted of its tables. PostgreSQL counts by itself; SQLite does when it is asked to."""

from datetime import time

from django.db import connection

from commonplace.ledger.jobs import daily, job

EARLY = time(4)
OPTIMIZE = "PRAGMA optimize=0x10002"
"""Every table, also those that this connection has not read, where it is worth it."""
AT_MOST = "PRAGMA analysis_limit=1000"


@job("database.counted", long=True, when=daily(EARLY))
def count_rows() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(AT_MOST)
            cursor.execute(OPTIMIZE)
