"""`commonplace worker`: what is owed is done, and figures are published now and then, in a short-lived process."""

import logging
import signal
import sys
import threading
from datetime import datetime, timedelta
from types import FrameType

import click
from django.db import DatabaseError, close_old_connections

from commonplace.ledger import clock, effects
from commonplace.ledger.models import Act
from commonplace.web import processes

log = logging.getLogger(__name__)
SECONDS = 20
AGE = timedelta(hours=1)
LONGEST = 1800


@click.command()
def worker() -> None:
    """Retry what reactions still owe, and publish figures when there are new acts and the last are an hour old."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _leave)
    figures, pause = Figures(), threading.Event()
    while True:
        turn(figures)
        pause.wait(SECONDS)


def turn(figures: "Figures") -> None:
    """One round; a database that is away for a while ends nothing."""
    close_old_connections()
    try:
        effects.run_leftovers()
        figures.publish_if_due()
    except DatabaseError as error:
        log.warning("The database does not answer; trying again in %s s. (%s)", SECONDS, str(error).strip())


class Figures:
    """Published at the start, then when something has happened and the last ones are old enough."""

    def __init__(self) -> None:
        self.upto = 0
        self.tried_at: datetime | None = None

    def publish_if_due(self) -> None:
        newest = _newest_act()
        if newest == self.upto or (self.tried_at and clock.wall() - self.tried_at < AGE):
            return
        self.upto, self.tried_at = newest, clock.wall()
        self._publish()

    def _publish(self) -> None:
        """Ibis and DuckDB want memory: it goes back to the machine with the process."""
        child = processes.start([*processes.python("commonplace"), "figures", "publish"], stdout=-1, stderr=-1)
        try:
            answer, complaint = child.communicate(timeout=LONGEST)
        finally:
            child.kill()
        lines = (answer if child.returncode == 0 else complaint).decode(errors="replace").strip().splitlines() or ["-"]
        log.log(logging.INFO if child.returncode == 0 else logging.WARNING, "Figures: %s", lines[-1])


def _newest_act() -> int:
    newest = Act.objects.everywhere("is there anything new?").order_by("-id").values_list("id", flat=True).first()
    return newest or 0


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(0)
