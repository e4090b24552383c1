"""Jobs a second, beside a bare loop of the same statements: `python benchmarks/jobs.py` (or COMMONPLACE_DATABASE)."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import django
from django.conf import settings

JOBS, ACTS = 500, 100
NEVER = "9999-01-01 00:00:00+00:00"
CLAIM = """UPDATE ledger_job SET tries = tries + 1, due_at = '{lease}' WHERE id = (SELECT id FROM ledger_job WHERE
    given_up_at IS NULL AND due_at <= '{now}' ORDER BY due_at LIMIT 1 {lock}) RETURNING *"""
DELETE = "DELETE FROM ledger_job WHERE given_up_at IS NULL AND id = {id} AND due_at = '{lease}'"
EFFECT = f"INSERT INTO ledger_job (name, args, due_at, tries, error) VALUES ('marked', '{{}}', '{NEVER}', 0, '')"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COMMONPLACE_DATA"] = folder
        ready()
        from django.db import connection

        connection.creation.create_test_db(verbosity=0)
        try:
            measure(connection.vendor)
        finally:
            connection.creation.destroy_test_db(settings.DATABASES["default"]["NAME"], verbosity=0)


def ready(database: str = "") -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonplace.web.settings")
    if database:
        settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from commonplace.ledger import jobs

    jobs.job("mark")(lambda: jobs.enqueue("marked", due_at=datetime.fromisoformat(NEVER)))


def measure(vendor: str) -> None:
    from commonplace.ledger.jobs import run_due

    print(f"{JOBS:,} jobs, {vendor}; each is claimed, deleted and writes one row")
    bare = timed(bare_loop)
    rows: list[tuple[str, Callable[[], float]]] = [
        ("a bare loop", lambda: bare),
        ("the same as jobs", lambda: timed(run_due)),
        ("one worker", lambda: worked_off(1)),
        ("two workers", lambda: worked_off(2)),
    ]
    for name, take in rows:
        rate = JOBS / take()
        print(f"{name:>30} {rate:>8,.0f} jobs/s {rate * bare / JOBS:>6.2f} x bare, {done()} of {JOBS} done once")
    alone = latencies()
    with at_work(2):
        beside = latencies()
    for name, seconds in (("a write, nobody at work", alone), ("a write, two workers at work", beside)):
        median, slow = 1000 * seconds[ACTS // 2], 1000 * seconds[-ACTS // 20]
        print(f"{name:>30} {median:>8.1f} ms median {slow:>6.1f} ms of 20 the slowest")


def timed(work: Callable[[], object]) -> float:
    ask(JOBS)
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def ask(how_many: int) -> None:
    from commonplace.ledger.models import Job

    Job.objects.all().delete()
    Job.objects.bulk_create([Job(name="mark") for _ in range(how_many)], batch_size=100)


def bare_loop() -> None:
    from django.db import connection

    now = datetime.now(UTC)
    words = {"now": now, "lease": now + timedelta(hours=1), "lock": "FOR UPDATE SKIP LOCKED"}
    words["lock"] = words["lock"] if connection.vendor == "postgresql" else ""
    cursor = connection.connection.cursor()
    while rows := cursor.execute(CLAIM.format(**words)).fetchall():
        cursor.execute("BEGIN" if words["lock"] else "BEGIN IMMEDIATE")
        cursor.execute(DELETE.format(id=rows[0][0], **words))
        cursor.execute(EFFECT)
        cursor.execute("COMMIT")


def done() -> int:
    from commonplace.ledger.models import Job

    return Job.objects.filter(name="marked").count()


@contextmanager
def at_work(workers: int) -> Iterator[list["subprocess.Popen[str]"]]:
    """Within this block they are; they began together, and leave when all is done."""
    from django.db import connection

    command = [sys.executable, __file__, str(connection.settings_dict["NAME"])]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    ask(JOBS if workers else 0)
    children = [subprocess.Popen(command, **pipes) for _ in range(workers)]
    for child in children:
        child.stdout.readline()
    for child in children:
        child.stdin.write("go\n")
        child.stdin.flush()
    yield children
    for child in children:
        child.communicate()


def worked_off(workers: int) -> float:
    with at_work(workers) as children:
        begun = time.perf_counter()
        for child in children:
            child.stdout.readline()
        return time.perf_counter() - begun


def latencies() -> list[float]:
    """Of writes as a page makes them, sorted."""
    return sorted(latency() for _ in range(ACTS))


def latency() -> float:
    from commonplace.ledger.models import Job

    begun = time.perf_counter()
    Job.objects.create(name="marked", due_at=datetime.fromisoformat(NEVER))
    return time.perf_counter() - begun


def work(database: str) -> None:
    ready(database)
    from commonplace.ledger.jobs.worker import one_job

    print("ready", flush=True)
    sys.stdin.readline()
    while one_job():
        pass
    print("done", flush=True)


if __name__ == "__main__":
    work(*sys.argv[1:]) if len(sys.argv) > 1 else main()
