"""The waiting line. Whoever asks for a job writes it in their own transaction: both happen, or neither."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from commonplace.ledger import clock
from commonplace.ledger.models import Job

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+/-]{0,119}|")


class TextInJob(TypeError):
    """A row for the operator to see, kept when it fails, is no place for what somebody wrote."""


def enqueue(name: str, key: str | None = None, due_at: datetime | None = None, **args: Any) -> None:
    """One job, due now unless said otherwise. Of a key only one waits: while it does, asking again changes nothing."""
    enqueue_many([Job(name=name, args=args, key=key, due_at=due_at or clock.now())])


def enqueue_many(jobs: Iterable[Job]) -> None:
    """In one statement. It touches a row of the same key: whoever runs that one waits for us, and sees what we did."""
    once = {job.key or id(job): job for job in jobs}
    for job in once.values():
        _must_say_no_text(job)
    Job.objects.bulk_create(once.values(), update_conflicts=True, unique_fields=["key"], update_fields=["key"])


def _must_say_no_text(job: Job) -> None:
    for name, value in job.args.items():
        if not all(map(_is_plain, value if isinstance(value, list | tuple) else [value])):
            raise TextInJob(f"{job.name}: {name} is no id, number, zone, slug or dotted name, nor a list of them.")


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, int | float) or (isinstance(value, str) and bool(NAME.fullmatch(value)))
