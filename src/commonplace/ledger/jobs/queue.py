"""The waiting line. Whoever asks for a job writes it in their own transaction: both happen, or neither."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from commonplace.ledger import clock
from commonplace.ledger.models import Job


def enqueue(name: str, key: str | None = None, due_at: datetime | None = None, **args: Any) -> None:
    """One job, due now unless said otherwise. Of a key only one waits: while it does, asking again changes nothing."""
    enqueue_many([Job(name=name, args=args, key=key, due_at=due_at or clock.now())])


def enqueue_many(jobs: Iterable[Job]) -> None:
    """In one statement. It touches a row of the same key: whoever runs that one waits for us, and sees what we did."""
    once = {job.key or id(job): job for job in jobs}
    Job.objects.bulk_create(once.values(), update_conflicts=True, unique_fields=["key"], update_fields=["key"])
