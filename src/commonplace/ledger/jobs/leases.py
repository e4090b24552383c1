"""A lease keeps a job from everybody else until a moment; when the one who has it dies, the moment comes."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context
from datetime import datetime, timedelta
from threading import Event, Thread

from django.conf import settings
from django.db import Error, connection

from commonplace.ledger import clock
from commonplace.ledger.models import Job

log = logging.getLogger(__name__)


def end() -> datetime:
    """When a lease that is taken now will end."""
    return clock.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)


@contextmanager
def renewed(job: Job) -> Iterator[None]:
    """Within this block its lease does not end, as long as this process lives."""
    done = Event()
    beat = Thread(target=copy_context().run, args=(_renew_until, done, job), daemon=True)
    beat.start()
    try:
        yield
    finally:
        done.set()
        beat.join()


def _renew_until(done: Event, job: Job) -> None:
    while not done.wait(settings.JOB_LEASE_SECONDS / 3):
        try:
            renew(job)
        except Error as error:
            log.warning("The lease of job %s is not renewed: the database does not answer. (%s)", job, error)
        finally:
            connection.close()


def renew(job: Job) -> None:
    """If it is still ours."""
    until = end()
    if Job.objects.held(job).update(due_at=until):
        job.due_at = until


def give_back(job: Job) -> None:
    """As if it had not been tried: whoever comes next has it."""
    Job.objects.held(job).update(due_at=clock.now(), tries=job.tries - 1)
