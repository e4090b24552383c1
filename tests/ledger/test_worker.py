"""Whoever does what is due goes on whatever happens, and stops in peace."""

import logging
import signal
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from commonplace.ledger import clock, jobs
from commonplace.ledger.jobs import running, worker
from commonplace.ledger.models import Job
from commonplace.ledger.stopping import Stopping
from tests.ledger.conftest import Register
from tests.web.installation import LONGEST, commonplace, environment, started


@pytest.fixture
def stopping(monkeypatch: pytest.MonkeyPatch, db: None, nobody_works: None) -> Stopping:
    """One turn after the other, without a pause between them."""
    stopping = Stopping()
    monkeypatch.setattr(worker, "stopping", stopping)
    monkeypatch.setattr(worker, "SECONDS", 0)
    monkeypatch.setattr(worker, "PATIENCE", 0)
    return stopping


@pytest.fixture
def done(register: Register) -> list[str]:
    done: list[str] = []
    register("note", lambda what: done.append(what))
    return done


def note(what: str) -> Job:
    return Job.objects.create(name="note", args={"what": what})


def test_a_turn_does_all_that_is_due(stopping: Stopping, done: list[str]) -> None:
    for what in "abc":
        note(what)
    worker.turn(plan=False)
    assert done == ["a", "b", "c"]


def test_nothing_to_do_costs_one_look(stopping: Stopping, django_assert_num_queries: Any) -> None:
    Job.objects.create(name="note", due_at=clock.now() + timedelta(hours=1))
    with django_assert_num_queries(1) as captured:
        worker.turn(plan=False)
    assert captured[0]["sql"].startswith("SELECT"), "SQLite's pen stays where it is"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has many pens")
def test_it_rests_after_each_job_so_that_pages_get_the_pen(
    stopping: Stopping, done: list[str], monkeypatch: Any
) -> None:
    rests: list[float] = []
    monkeypatch.setattr(stopping, "wait", rests.append)
    note("a")
    assert worker.one_job()
    assert 0 < rests[0] <= worker.LONGEST_REST


def test_whoever_is_asked_to_stop_finishes_the_job_in_hand_and_no_other(
    stopping: Stopping, done: list[str], register: Register
) -> None:
    register("last", stopping.set)
    Job.objects.create(name="last")
    other = note("for somebody else")
    worker.turn(plan=False)
    assert (done, Job.objects.get(), Job.objects.get().tries) == ([], other, 0)


@pytest.mark.parametrize("plan", [True, False])
def test_schedules_are_planned_when_it_is_time(stopping: Stopping, register: Register, plan: bool) -> None:
    register("look", lambda: None, when=jobs.every(timedelta(hours=1)))
    worker.turn(plan=plan)
    assert Job.objects.filter(key="look").exists() is plan


@pytest.mark.parametrize("error", [OperationalError("it is away\nfor a while"), KeyError("a fault of ours")])
def test_a_worker_goes_on_when_the_database_is_away_or_worse(
    stopping: Stopping, done: list[str], caplog: pytest.LogCaptureFixture, monkeypatch: Any, error: Exception
) -> None:
    def away() -> bool:
        raise error

    closed: list[str] = []
    rests: list[float] = []
    monkeypatch.setattr(stopping, "wait", rests.append)
    monkeypatch.setattr(worker, "PATIENCE", 7)
    monkeypatch.setattr(worker, "SECONDS", 1)
    note("later")
    with monkeypatch.context() as patched:
        patched.setattr(running, "run_next", away)
        patched.setattr(worker.connections, "close_all", lambda: closed.append("all"))
        worker.turn(plan=False)
    assert [record.levelno >= logging.WARNING for record in caplog.records] == [True]
    assert closed, "a broken connection is not used again"
    assert rests == [7, 1], "what is away is not asked again and again"
    worker.turn(plan=False)
    assert (done, rests[-1]) == (["later"], 1)


@pytest.mark.django_db(transaction=True)
def test_long_work_keeps_its_lease_as_long_as_it_takes(register: Register, settings: Any) -> None:
    settings.JOB_LEASE_SECONDS = 0.06
    leases: set[Any] = set()

    def take_time() -> None:
        for _ in range(2_000):
            leases.add(Job.objects.get().due_at)
            if len(leases) > 3:
                return
            Stopping().wait(0.005)

    register("long", take_time, long=True)
    Job.objects.create(name="long")
    jobs.run_due()
    assert len(leases) > 3
    assert not Job.objects.exists(), "it is still theirs at the end"


def test_it_waits_for_its_database_and_stops_in_peace(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    process = started("worker", env=env)
    assert process.stdout
    assert "Trying again in 5 s." in process.stdout.readline()
    assert commonplace("migrate", env=env).returncode == 0
    with sqlite3.connect(tmp_path / "data" / "commonplace.sqlite3") as database:
        row = "'nobody.knows.this', '{}', '2026-01-01 00:00:00', 0, ''"
        database.execute(f"INSERT INTO ledger_job (name, args, due_at, tries, error) VALUES ({row})")
    while "Job 1 nobody.knows.this failed and will be tried again: UnknownJob" not in process.stdout.readline():
        pass
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=LONGEST)
    assert process.returncode == 0
