"""Ten thousand jobs wait, and neither the next one nor a page takes longer to find its way."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonplace.ledger import clock
from commonplace.ledger.jobs import leases
from commonplace.ledger.models import Job
from tests.story import Story

EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}
READS_ALL = {"sqlite": r"SCAN ledger_job(?! USING)", "postgresql": r"Seq Scan on ledger_job"}


def bring_ten_thousand() -> None:
    """Half of them due, as after an outage."""
    moments = [clock.now() + n * timedelta(seconds=1) for n in range(-5_000, 5_000)]
    Job.objects.bulk_create([Job(name="note", due_at=at) for at in moments])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ledger_job")


def asked_of_the_database(work: Callable[[], Any]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        work()
    return [query["sql"] for query in captured]


def plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"{EXPLAIN[connection.vendor]} {sql}")
        return "\n".join(str(line[-1]) for line in cursor.fetchall())


def reading_all_jobs(statements: list[str]) -> list[str]:
    """Those for which the database reads every job."""
    of_jobs = [sql for sql in statements if "ledger_job" in sql]
    return [sql for sql in of_jobs if re.search(READS_ALL[connection.vendor], plan(sql))]


def test_the_next_job_is_found_by_the_index(db: None, nobody_works: None) -> None:
    bring_ten_thousand()
    [claim] = asked_of_the_database(lambda: Job.objects.claim(leases.end()))
    assert "job_waiting" in plan(claim)
    assert reading_all_jobs([claim]) == []


def test_the_control_is_noticed(db: None, nobody_works: None) -> None:
    bring_ten_thousand()
    statement = asked_of_the_database(lambda: Job.objects.filter(error="nowhere").count())
    assert reading_all_jobs(statement) == statement


def test_no_page_is_slowed_by_what_waits(story: Story, nobody_works: None) -> None:
    lea = story.browser(story.member("Lea"))
    question = {"kind": "request", "purpose": "reuse", "title": "Prime lost again", "body": "It turns."}
    visits: list[Callable[[], Any]] = [
        lambda: lea.get("/"),
        lambda: lea.get("/c/pump-crews/exchanges/"),
        lambda: lea.post("/c/pump-crews/exchanges/create", question),
    ]
    before = [[asked_of_the_database(visit) for visit in visits] for _ in range(2)][1]
    bring_ten_thousand()
    after = [asked_of_the_database(visit) for visit in visits]
    assert [len(statements) for statements in after] == [len(statements) for statements in before]
    assert [sql for statements in after for sql in reading_all_jobs(statements)] == []
