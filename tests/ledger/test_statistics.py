"""What SQLite counts of its tables, once a day, so that lists are read by the index that is made for them."""

import pytest
from django.db import connection

from commonplace.ledger.sqlite import statistics
from tests.story import Story


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts by itself")
def test_tables_are_counted_once_a_day(story: Story) -> None:
    with connection.cursor() as cursor:
        statistics.count_rows()
        cursor.execute("SELECT COUNT(*) FROM sqlite_stat1 WHERE tbl = 'ledger_act'")
        assert cursor.fetchone()[0]
