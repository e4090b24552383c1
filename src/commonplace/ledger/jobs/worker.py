"""`commonplace worker`: whoever does what is due. There may be several, on several machines."""

import logging
import signal
from itertools import count

import click
from django.db import Error, close_old_connections, connection, connections

from commonplace.ledger import clock, ground
from commonplace.ledger.children import stopping
from commonplace.ledger.jobs import running, schedules
from commonplace.ledger.jobs.kinds import KINDS
from commonplace.ledger.models import Job

log = logging.getLogger(__name__)
SECONDS, PATIENCE, PLANNING = 1, 5, 60
LONGEST_REST = 0.1


@click.command()
def worker() -> None:
    """Do what is due in the background, until it is told to stop; several of these share the work."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # `nohup` has asked for that.
            signal.signal(number, lambda *_: stopping.set())
    for turns in count():
        if stopping.is_set():
            return
        close_old_connections()
        turn(plan=turns % PLANNING == 0)


def turn(plan: bool) -> None:
    """One look at what is due; what is away (the database, the folder, room on the disk) is waited for."""
    try:
        ground.require()
        if plan:
            schedules.plan({kind.name: kind.when for kind in KINDS.values() if kind.when})
        _work()
    except Exception as error:
        connections.close_all()
        if isinstance(error, Error) or ground.is_away(error):
            log.warning("%s Trying again in %s s.", ground.sentence(error), PATIENCE)
        else:
            log.exception("This should not happen; the next job will be looked for all the same.")
        stopping.wait(PATIENCE)
    stopping.wait(SECONDS)


def _work() -> None:
    """Looking first is cheap; claiming wants SQLite's only pen."""
    if Job.objects.due().exists():
        while not stopping.is_set() and one_job():
            pass


def one_job() -> bool:
    """The next job, if there is one; then, where there is one pen for all, a rest as long: pages want to write too."""
    begun = clock.wall()
    worked = running.run_next()
    if connection.vendor == "sqlite":
        stopping.wait(min((clock.wall() - begun).total_seconds(), LONGEST_REST))
    return worked
