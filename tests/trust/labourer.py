"""A program that does nothing but work on a database: each line it reads begins a life, which somebody else ends."""

import os
import signal
import sys
from datetime import UTC, datetime
from typing import NoReturn

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonplace.web.settings")
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
LEASE, MANY = 0.2, 10_000


def _register(long: bool) -> None:
    from commonplace.ledger import jobs

    @jobs.job("mark", long=long)
    def mark(chain: int, number: int) -> None:
        """Its effect is a row, that tells how often it was done, and the next job of its chain."""
        _reach("begins")
        jobs.enqueue("marked", due_at=NEVER, chain=chain, number=number)
        if manner != "last":
            jobs.enqueue("mark", chain=chain, number=number + 1)
        _reach("ends")


manner = ""


def _reach(point: str) -> None:
    """Whoever is to hesitate here says so, and waits for the end."""
    if point == manner:
        _say(point)
        signal.pause()


def _live(in_manner: str) -> NoReturn:
    """Stopping short when it `begins` or `ends` a job; the `last` asks for no more, and leaves when all is done."""
    global manner
    manner = in_manner
    _say(str(os.getpid()))
    from commonplace.ledger.children import stopping
    from commonplace.ledger.jobs.worker import one_job
    from commonplace.ledger.models import Job

    while manner != "last" or Job.objects.filter(name="mark").exists():
        if not one_job():
            stopping.wait(0.01)
    os._exit(0)


def _say(word: str) -> None:
    os.write(1, f"{word}\n".encode())


def main(database: str, kind: str = "") -> None:
    settings.DATABASES["default"]["NAME"] = database
    settings.JOB_LEASE_SECONDS, settings.JOB_MOST_TRIES = LEASE, MANY
    django.setup()
    _register(long=kind == "long")
    for line in sys.stdin:
        life = os.fork()
        if life == 0:
            _live(line.strip())
        os.waitpid(life, 0)
        _say("")


if __name__ == "__main__":
    main(*sys.argv[1:])
