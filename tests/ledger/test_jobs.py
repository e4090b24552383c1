"""A job is asked for with what asks for it, done once, tried again, and in the end given up for a person to see."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from commonplace.ledger import clock, jobs
from commonplace.ledger.children import Stopped
from commonplace.ledger.jobs import backlog, failures, leases
from commonplace.ledger.jobs.failures import pause
from commonplace.ledger.jobs.kinds import NameTaken
from commonplace.ledger.jobs.queue import TextInJob
from commonplace.ledger.models import Act, Job
from tests.ledger.conftest import Register

pytestmark = pytest.mark.django_db
MOMENT = timedelta(microseconds=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def done(register: Register) -> list[Any]:
    """What the job "note" has done."""
    done: list[Any] = []
    register("note", lambda what: done.append(what))
    return done


def waiting() -> list[str]:
    return list(Job.objects.waiting().order_by("pk").values_list("name", flat=True))


def only() -> Job:
    return Job.objects.get()


def asked(name: str, **args: Any) -> Job:
    """A job that nobody has tried yet: past the block in which a test's jobs are run at once."""
    return Job.objects.create(name=name, args=args)


def fails(*_: Any, **__: Any) -> None:
    raise KeyError("what Lea wrote in confidence")


def test_a_job_is_done_once_and_gone(done: list[Any]) -> None:
    asked("note", what="this")
    assert jobs.run_due() == 1
    assert jobs.run_due() == 0
    assert done == ["this"]
    assert waiting() == []


def test_a_job_is_asked_for_with_what_asks_for_it(done: list[Any]) -> None:
    with transaction.atomic():
        jobs.enqueue("note", what="undone")
        transaction.set_rollback(True)
    with transaction.atomic():
        jobs.enqueue("note", what="kept")
    assert done == ["kept"]


def test_a_job_waits_until_it_is_due(done: list[Any], now: datetime) -> None:
    with transaction.atomic():
        jobs.enqueue("note", due_at=now + HOUR, what="later")
    assert done == []
    with clock.at(now + HOUR):
        assert jobs.run_due() == 1


def test_the_one_that_is_due_longest_is_first(done: list[Any], now: datetime) -> None:
    for hours in (1, 3, 2):
        Job.objects.create(name="note", args={"what": hours}, due_at=now - hours * HOUR)
    jobs.run_due()
    assert done == [3, 2, 1]


def test_many_are_asked_for_in_one_statement(done: list[Any], django_assert_num_queries: Any) -> None:
    with transaction.atomic(), django_assert_num_queries(1):
        jobs.enqueue_many(Job(name="note", args={"what": n}, due_at=clock.now() + HOUR) for n in range(50))
    assert len(waiting()) == 50


def test_of_a_key_one_waits(done: list[Any], now: datetime) -> None:
    for hours in (1, 2):
        jobs.enqueue("note", key="the same", due_at=now + hours * HOUR, what=hours)
    jobs.enqueue_many([Job(name="note", args={"what": 3}, key="the same", due_at=now) for _ in range(2)])
    assert (only().due_at, only().args) == (now + HOUR, {"what": 1})
    with clock.at(now + HOUR):
        jobs.run_due()
    jobs.enqueue("note", key="the same", due_at=now + HOUR, what=4)
    assert only().args == {"what": 4}, "once it is done, the key is free"


def test_two_kinds_of_one_name_are_refused() -> None:
    with pytest.raises(NameTaken):
        jobs.job("figures")(fails)


def test_what_a_failing_job_wrote_is_undone(register: Register, done: list[Any]) -> None:
    def half(**_: Any) -> None:
        jobs.enqueue("note", what="half")
        raise KeyError

    register("half", half)
    asked("half")
    jobs.run_due()
    assert (waiting(), done) == (["half"], [])


def test_a_failure_keeps_its_place_and_nothing_of_what_was_said(register: Register) -> None:
    register("fails", lambda: Act.objects.everywhere(""))
    asked("fails")
    jobs.run_due()
    assert re.fullmatch(r"UnscopedQuery at ledger/scope\.py:\d+", only().error)


def tried_until_given_up(job: Job, most: int) -> int:
    """How often it was tried when each pause is waited for."""
    for tries in range(1, most + 1):
        with clock.at(Job.objects.get(pk=job.pk).due_at):
            jobs.run_due()
        if Job.objects.given_up().filter(pk=job.pk).exists():
            return tries
    return 0


def test_a_failing_job_comes_later_each_time_and_is_given_up(register: Register, settings: Any, now: datetime) -> None:
    settings.JOB_MOST_TRIES = 5
    register("fails", fails)
    job = asked("fails")
    assert tried_until_given_up(job, 10) == 5
    with clock.at(now + timedelta(days=1000)):
        assert jobs.run_due() == 0, "it is kept, and not tried by itself any more"


def test_a_job_that_is_given_up_is_said_to_the_operator(register: Register, settings: Any, caplog: Any) -> None:
    settings.JOB_MOST_TRIES = 2
    register("fails", fails)
    tried_until_given_up(job := asked("fails"), 2)
    [word] = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert word.startswith(f"Job {job} is given up after 2 tries: KeyError at ")


def test_each_pause_is_twice_as_long_up_to_a_limit(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len({pause(3) for _ in range(20)}) > 1, "two that failed together do not come together"
    monkeypatch.setattr(failures, "JITTER", (1, 1))
    pauses = [pause(tries).total_seconds() for tries in (1, 2, 5, 40)]
    assert pauses == [10, 20, 160, settings.JOB_LONGEST_PAUSE_SECONDS]


def test_a_failing_job_holds_nobody_up(register: Register, done: list[Any]) -> None:
    register("fails", fails)
    for _ in range(600):
        asked("fails")
    asked("note", what="behind them")
    jobs.run_due()
    assert done == ["behind them"]


def test_a_renamed_job_holds_nobody_up_and_is_given_up(done: list[Any], settings: Any) -> None:
    settings.JOB_MOST_TRIES = 3
    gone = asked("nobody.of.this.name")
    asked("note", what="behind it")
    jobs.run_due()
    assert done == ["behind it"]
    assert only().error.startswith("UnknownJob at ")
    assert tried_until_given_up(gone, 10) == 2, "after the first"


@pytest.mark.parametrize("raised", [SystemExit(1), RecursionError(), MemoryError()])
def test_nothing_that_a_job_raises_ends_the_worker(register: Register, done: list[Any], raised: BaseException) -> None:
    def leave() -> None:
        raise raised

    register("leaves", leave)
    asked("leaves")
    asked("note", what="next")
    jobs.run_due()
    assert done == ["next"]


def claimed(after: timedelta = timedelta()) -> Job:
    with clock.at(clock.now() + after):
        job = Job.objects.claim(leases.end())
    assert job
    return job


def test_a_claimed_job_is_out_of_sight_until_its_lease_ends(done: list[Any], settings: Any, now: datetime) -> None:
    lease = timedelta(seconds=settings.JOB_LEASE_SECONDS)
    job = asked("note", what="this")
    assert (claimed().pk, only().tries) == (job.pk, 1)
    with clock.at(now + lease - MOMENT):
        assert jobs.run_due() == 0
    with clock.at(now + lease):
        assert jobs.run_due() == 1
    assert done == ["this"]


def test_a_job_whose_lease_somebody_else_has_is_left_to_them(done: list[Any], now: datetime) -> None:
    asked("note", what="this")
    slow, quick = claimed(), claimed(after=HOUR)
    jobs.run(slow)
    assert done == []
    jobs.run(quick)
    jobs.run(slow)
    assert done == ["this"]


def test_a_failure_is_not_noted_on_a_lease_of_somebody_else(register: Register, now: datetime) -> None:
    register("fails", fails, long=True)
    asked("fails")
    slow, quick = claimed(), claimed(after=HOUR)
    jobs.run(slow)
    assert (only().error, only().due_at) == ("", quick.due_at)


def test_whoever_dies_of_a_job_again_and_again_does_so_a_few_times(
    done: list[Any], settings: Any, now: datetime
) -> None:
    settings.JOB_MOST_TRIES = 3
    job = asked("note", what="deadly")
    for hours in range(3):
        claimed(after=hours * HOUR)
    with clock.at(now + 4 * HOUR):
        jobs.run_due()
    assert done == []
    assert Job.objects.given_up().get() == job
    assert only().error.startswith("WorkerDied at ")


def test_long_work_runs_outside_a_transaction_of_its_own(register: Register, now: datetime) -> None:
    depths: list[int] = []
    for name, long in (("short", False), ("long", True)):
        register(name, lambda: depths.append(len(connection.savepoint_ids)), long=long)
        asked(name)
    jobs.run_due()
    assert depths[0] > depths[1]
    assert waiting() == []


def test_a_long_lease_is_renewed_for_whoever_has_it(now: datetime) -> None:
    asked("note", what="long")
    first = claimed()
    with clock.at(now + HOUR / 120):
        leases.renew(first)
    assert only().due_at == first.due_at > now + HOUR / 120
    second = claimed(after=HOUR)
    leases.renew(first)
    assert only().due_at == second.due_at
    assert first.due_at < second.due_at


def test_whoever_is_told_to_stop_gives_long_work_back(register: Register, now: datetime) -> None:
    def stops() -> None:
        raise Stopped

    register("stops", stops, long=True)
    asked("stops")
    job = claimed()
    jobs.run(job)
    assert (only().due_at, only().tries, only().error) == (now, 0, "")


def test_a_given_up_job_is_shown_and_tried_again(done: list[Any], settings: Any, now: datetime) -> None:
    settings.JOB_MOST_TRIES = 1
    asked("note", wrong="argument")
    jobs.run_due()
    assert list(backlog.findings()) == ["jobs given up: 1 of note; see where at /jobs/, and try again from there"]
    Job.objects.update(args={"what": "mended"})
    assert backlog.try_again(only().pk)
    jobs.run_due()
    assert done == ["mended"]
    assert list(backlog.findings()) == []


def test_tried_again_it_has_all_its_tries(register: Register, settings: Any) -> None:
    settings.JOB_MOST_TRIES = 3
    register("fails", fails)
    job = asked("fails")
    assert tried_until_given_up(job, 10) == 3
    assert backlog.try_again(job.pk)
    assert tried_until_given_up(job, 10) == 3


@pytest.mark.parametrize("do", [backlog.try_again, backlog.drop])
def test_one_is_tried_again_or_dropped_and_no_other(
    register: Register, settings: Any, do: Callable[[int], bool]
) -> None:
    settings.JOB_MOST_TRIES = 1
    register("fails", fails)
    one, other = asked("fails", of="one"), asked("fails", of="other")
    jobs.run_due()
    assert do(one.pk)
    assert list(Job.objects.given_up()) == [other]


@pytest.mark.parametrize("do", [backlog.try_again, backlog.drop])
def test_only_what_was_given_up_is_tried_again_or_dropped(do: Callable[[int], bool]) -> None:
    job = Job.objects.create(name="note", due_at=clock.now() + HOUR)
    assert not do(job.pk)
    assert waiting() == ["note"]


def test_of_the_same_work_only_the_last_that_was_given_up_is_kept(register: Register, settings: Any) -> None:
    settings.JOB_MOST_TRIES = 1
    register("fails", fails)
    for of in ("a", "b", "a", "a"):
        asked("fails", of=of)
        jobs.run_due()
    assert sorted(job.args["of"] for job in Job.objects.given_up()) == ["a", "b"]


def test_a_given_up_job_leaves_its_key(register: Register, settings: Any) -> None:
    settings.JOB_MOST_TRIES = 1
    register("fails", fails)
    with transaction.atomic():
        jobs.enqueue("fails", key="one")
    jobs.enqueue("fails", key="one", due_at=clock.now() + HOUR)
    assert waiting() == ["fails"]


def test_how_the_work_stands_is_told_in_numbers(register: Register, settings: Any, now: datetime) -> None:
    settings.JOB_MOST_TRIES = 1
    register("fails", fails)
    asked("fails")
    jobs.run_due()
    for hours in (1, 2, -1):
        Job.objects.create(name="note", due_at=now - hours * HOUR)
    assert backlog.Backlog.now() == backlog.Backlog(waiting=2, late=2 * HOUR, given_up=1)
    assert backlog.by_kind() == [
        backlog.Pile("fails", due=0, first=None, later=0, given_up=1),
        backlog.Pile("note", due=2, first=now - 2 * HOUR, later=1, given_up=0),
    ]


@pytest.mark.parametrize("what", ["Lea is ill", "lea@example.org", "café", "a\nb", ["fine", "not fine"], {"a": 1}])
def test_what_somebody_wrote_is_in_no_job(what: Any) -> None:
    with pytest.raises(TextInJob, match="note: what is no id"):
        jobs.enqueue("note", what=what)
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "what", ["", "America/Argentina/Buenos_Aires", "Etc/GMT+1", "pump-crews", "a.b_c", None, [1, "x"]]
)
def test_names_and_numbers_are(what: Any) -> None:
    jobs.enqueue("note", what=what, number=1.5, yes=True)
    assert Job.objects.get().args["what"] == what


def test_a_job_that_was_tried_as_often_as_can_be_counted_holds_up_nobody(done: list[Any]) -> None:
    for what in ("often", "next"):
        jobs.enqueue("note", what=what, due_at=clock.now() + HOUR)
    Job.objects.filter(args={"what": "often"}).update(tries=32767)
    with clock.at(clock.now() + 2 * HOUR):
        assert jobs.run_due() == 2
    assert done == ["next"]
    assert (given_up := backlog.given_up().get()).args == {"what": "often"}
    assert given_up.tries == 32767
