"""A job that fails comes again, later each time; in the end it is given up, and kept for the operator to see."""

import logging
import traceback
from datetime import timedelta
from pathlib import Path
from random import SystemRandom

from django.conf import settings
from django.db import transaction

from commonplace.ledger import clock
from commonplace.ledger.models import Job

log = logging.getLogger(__name__)
PACKAGE = Path(__file__).resolve().parents[2]
JITTER = 0.5, 1.5


class WorkerDied(Exception):
    """Whoever had the job last has not come back from it, and that was its last try."""


def failed(job: Job, error: BaseException) -> None:
    """Note where it failed, never what was said: texts of errors quote what people wrote."""
    place = f"{type(error).__name__} at {_place(error)}"
    if job.tries < settings.JOB_MOST_TRIES:
        log.warning("Job %s failed and will be tried again: %s", job, place, exc_info=error)
        Job.objects.held(job).update(due_at=clock.now() + pause(job.tries), error=place)
    else:
        log.error("Job %s is given up after %s tries: %s", job, job.tries, place, exc_info=error)
        _give_up(job, place)


@transaction.atomic
def _give_up(job: Job, place: str) -> None:
    """Of the same work only the last is kept. It leaves its key: whoever asks for the work again will have it."""
    if Job.objects.held(job).update(given_up_at=clock.now(), error=place, key=None):
        Job.objects.given_up().filter(name=job.name, args=job.args).exclude(pk=job.pk).delete()


def pause(tries: int) -> timedelta:
    """Twice as long each time, and never two jobs in step."""
    seconds = min(settings.JOB_FIRST_PAUSE_SECONDS * 2 ** (tries - 1), settings.JOB_LONGEST_PAUSE_SECONDS)
    return timedelta(seconds=seconds * SystemRandom().uniform(*JITTER))


def _place(error: BaseException) -> str:
    """The innermost line of ours."""
    steps = [(Path(step.filename), step.lineno) for step in traceback.extract_tb(error.__traceback__)]
    ours = [f"{file.relative_to(PACKAGE)}:{line}" for file, line in steps if file.is_relative_to(PACKAGE)]
    return ours[-1] if ours else "nowhere of ours"
