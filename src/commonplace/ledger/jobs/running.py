"""A claimed job is run: its effect once, however often it is tried."""

from django.conf import settings
from django.db import transaction

from commonplace.ledger.children import Stopped
from commonplace.ledger.jobs import leases, schedules
from commonplace.ledger.jobs.failures import WorkerDied, failed
from commonplace.ledger.jobs.kinds import Kind, kind_of
from commonplace.ledger.models import Job


def run_due() -> int:
    """Everything that is due, here and now. Gives how many jobs were tried."""
    tried = 0
    while run_next():
        tried += 1
    return tried


def run_next() -> bool:
    """The job that is due longest; False when there is none."""
    job = Job.objects.claim(leases.end())
    if job:
        run(job)
    return job is not None


def run(job: Job) -> None:
    """Try a claimed job. Whatever it raises is noted and ends nothing."""
    try:
        _perform(kind_of(job.name), job)
    except Stopped:
        leases.give_back(job)
    except (Exception, SystemExit) as error:
        failed(job, error)


def _perform(kind: Kind, job: Job) -> None:
    if job.tries > settings.JOB_MOST_TRIES:
        raise WorkerDied
    if kind.long:
        with leases.renewed(job):
            kind.work(**job.args)
    with transaction.atomic():
        if _is_ours_to_end(job):
            if not kind.long:
                kind.work(**job.args)
            if kind.when:
                schedules.leave_next(kind.when, job)


def _is_ours_to_end(job: Job) -> bool:
    """The row goes first, and stays if the rest fails: nobody else can do the work beside us or after us."""
    return Job.objects.held(job).delete()[0] == 1
