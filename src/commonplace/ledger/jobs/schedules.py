"""Work that comes again: a job which, when it is done, leaves the next one in the same transaction."""

import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from django.db import Error

from commonplace.ledger import clock
from commonplace.ledger.jobs.queue import enqueue_many
from commonplace.ledger.models import Job

log = logging.getLogger(__name__)
Zones = Mapping[str, tzinfo]
ONE: Zones = {"": UTC}


@dataclass(frozen=True, slots=True)
class Schedule:
    """`after(moment, zone)`: when it is due next. One job for each of `zones`; those in `soon` begin at once."""

    after: Callable[[datetime, tzinfo], datetime]
    zones: Callable[[], Zones] = lambda: ONE
    soon: Callable[[], Collection[str]] = tuple


def every(interval: timedelta) -> Schedule:
    """So long after the last one is done."""
    return Schedule(lambda moment, zone: moment + interval)


def daily(at: time, zones: Callable[[], Zones] = lambda: ONE, soon: Callable[[], Collection[str]] = tuple) -> Schedule:
    """At this time by the clocks of each place: once a day, also when they are put forward or back."""
    return Schedule(lambda moment, zone: _next_day_at(at, moment, zone), zones, soon)


def _next_day_at(at: time, moment: datetime, zone: tzinfo) -> datetime:
    today = moment.astimezone(zone).date()
    days = (datetime.combine(today + timedelta(days=days), at, zone).astimezone(UTC) for days in range(3))
    return next(day for day in days if day > moment)


def leave_next(when: Schedule, job: Job) -> None:
    """None for a place that is there no more."""
    of = job.args.get("of", "")
    if zone := when.zones().get(of):
        enqueue_many([_planned(job.name, of, when.after(clock.now(), zone))])


def plan(schedules: Mapping[str, Schedule]) -> None:
    """The jobs that are not there: new ones, and those whose last one was given up."""
    waiting = set(Job.objects.waiting().exclude(key=None).values_list("key", flat=True))
    for name, when in schedules.items():
        try:
            enqueue_many([job for job in _first(name, when) if job.key not in waiting])
        except Error:
            raise
        except Exception:
            log.exception("Nobody can say when %s is due; the rest goes on.", name)


def _first(name: str, when: Schedule) -> Iterator[Job]:
    moment, soon = clock.now(), when.soon()
    for of, zone in when.zones().items():
        yield _planned(name, of, moment if of in soon else when.after(moment, zone))


def _planned(name: str, of: str, due_at: datetime) -> Job:
    return Job(name=name, args={"of": of} if of else {}, key=f"{name} {of}".strip(), due_at=due_at)
