"""Work that comes again: at its time by the clocks of the place, once a day when they are put forward or back."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError

from commonplace.ledger import clock, jobs
from commonplace.ledger.jobs import daily, every, schedules
from commonplace.ledger.jobs.kinds import KINDS
from commonplace.ledger.jobs.schedules import Schedule
from commonplace.ledger.models import Job
from tests.ledger.conftest import Register

pytestmark = pytest.mark.usefixtures("nobody_works")
HOUR = timedelta(hours=1)
FOUR = time(4)


def moment(spelled: str) -> datetime:
    return datetime.fromisoformat(spelled).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "at", "day", "due"),
    [
        ("UTC", FOUR, "2026-03-02T03:59", "2026-03-02T04:00"),
        ("UTC", FOUR, "2026-03-02T04:00", "2026-03-03T04:00"),
        ("Europe/Paris", FOUR, "2026-03-28T12:00", "2026-03-29T02:00"),  # Put forward in the night.
        ("Europe/Paris", FOUR, "2026-10-24T12:00", "2026-10-25T03:00"),  # Put back.
        (
            "Europe/Paris",
            time(2, 30),
            "2026-03-28T12:00",
            "2026-03-29T01:30",
        ),  # 2:30 is skipped: 3:30 by the new clock.
        ("Europe/Paris", time(2, 30), "2026-10-24T12:00", "2026-10-25T00:30"),  # 2:30 comes twice: the first.
        ("Europe/Paris", time(2, 30), "2026-10-25T00:30", "2026-10-26T01:30"),
        ("America/New_York", FOUR, "2026-03-02T12:00", "2026-03-03T09:00"),
        ("Pacific/Auckland", FOUR, "2026-03-02T12:00", "2026-03-02T15:00"),
        ("Asia/Kathmandu", FOUR, "2026-03-02T12:00", "2026-03-02T22:15"),
        ("Pacific/Apia", FOUR, "2011-12-29T20:00", "2011-12-30T14:00"),  # The 30th was left out there.
    ],
)
def test_daily_is_by_the_clocks_of_the_place(zone: str, at: time, day: str, due: str) -> None:
    assert daily(at).after(moment(day), ZoneInfo(zone)) == moment(due)


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Santiago", "Australia/Lord_Howe", "Africa/Casablanca"])
@pytest.mark.parametrize("at", [time(0), time(2, 30), FOUR])
def test_a_year_has_as_many_of_them_as_days(zone: str, at: time) -> None:
    due, days = moment("2026-01-01T12:00"), []
    while len(days) < 365:
        due = daily(at).after(due, ZoneInfo(zone))
        days.append(due.astimezone(ZoneInfo(zone)).date())
    assert len(set(days)) == 365
    assert (days[-1] - days[0]).days == 364


@pytest.fixture
def places() -> dict[str, ZoneInfo]:
    return {"paris": ZoneInfo("Europe/Paris"), "lima": ZoneInfo("America/Lima")}


@pytest.fixture
def done(register: Register, places: dict[str, ZoneInfo], db: None) -> list[str]:
    """Where the daily job "sweep" was done."""
    done: list[str] = []
    register("sweep", lambda of: done.append(of), when=daily(FOUR, lambda: places, soon=lambda: {"lima"}))
    return done


def planned() -> dict[str | None, datetime]:
    return dict(Job.objects.values_list("key", "due_at"))


def plan(**more: Schedule) -> None:
    schedules.plan({"sweep": KINDS["sweep"].when, **more})  # type: ignore[dict-item]


def at(spelled: str, do: Callable[[], Any]) -> Any:
    with clock.at(moment(spelled)):
        return do()


def test_each_place_has_its_own_and_who_needs_it_does_not_wait(done: list[str]) -> None:
    at("2026-03-02T12:00", plan)
    assert planned() == {"sweep paris": moment("2026-03-03T03:00"), "sweep lima": moment("2026-03-02T12:00")}


def test_planning_again_changes_nothing(done: list[str], django_assert_num_queries: Any) -> None:
    at("2026-03-02T12:00", plan)
    before = planned()
    with django_assert_num_queries(1):
        at("2026-03-02T12:01", plan)
    assert planned() == before


def test_when_it_is_done_it_leaves_the_next(done: list[str]) -> None:
    at("2026-03-02T12:00", plan)
    at("2026-03-03T03:00:20", jobs.run_due)
    assert sorted(done) == ["lima", "paris"]
    assert planned() == {"sweep paris": moment("2026-03-04T03:00"), "sweep lima": moment("2026-03-03T09:00")}


def test_what_was_missed_is_done_once(done: list[str]) -> None:
    at("2026-03-02T12:00", plan)
    at("2026-03-20T12:00", jobs.run_due)
    assert sorted(done) == ["lima", "paris"]
    assert min(planned().values()) > moment("2026-03-20T12:00")


def test_a_place_that_is_gone_has_no_next(done: list[str], places: dict[str, ZoneInfo]) -> None:
    at("2026-03-02T12:00", plan)
    del places["paris"]
    at("2026-03-03T03:00", jobs.run_due)
    assert list(planned()) == ["sweep lima"]


def test_one_that_fails_leaves_no_next_until_it_is_given_up(
    register: Register, done: list[str], settings: Any, places: dict[str, ZoneInfo]
) -> None:
    settings.JOB_MOST_TRIES = 1
    at("2026-03-02T12:00", plan)
    register("sweep", lambda: None, when=daily(FOUR, lambda: places))
    at("2026-03-03T03:00", jobs.run_due)
    assert Job.objects.given_up().count() == 2
    at("2026-03-03T03:01", plan)
    assert {key: due for key, due in planned().items() if key} == {
        "sweep paris": moment("2026-03-04T03:00"),
        "sweep lima": moment("2026-03-03T09:00"),
    }


def test_every_so_often_is_counted_from_the_end_of_the_last(register: Register, db: None) -> None:
    register("look", lambda: None, when=every(HOUR))
    at("2026-03-02T12:00", lambda: schedules.plan({"look": every(HOUR)}))
    assert planned() == {"look": moment("2026-03-02T13:00")}
    at("2026-03-02T13:10", jobs.run_due)
    assert planned() == {"look": moment("2026-03-02T14:10")}


def broken(error: Exception) -> Schedule:
    def zones() -> Any:
        raise error

    return daily(FOUR, zones)


def test_one_schedule_that_is_broken_breaks_no_other_and_is_named(
    done: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    plan(aaa=broken(KeyError("Nowhere/At_all")))
    assert set(planned()) == {"sweep paris", "sweep lima"}
    assert "Nobody can say when aaa is due" in caplog.text


def test_a_database_that_is_away_is_not_a_broken_schedule(done: list[str]) -> None:
    with pytest.raises(DatabaseError):
        plan(away=broken(DatabaseError()))
