"""A draft until somebody confirms it: whoever changes it and whoever confirms it wait for each other."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from commonplace.ledger import clock
from commonplace.ledger.jobs import enqueue
from commonplace.objectifying.models import Batch, Became


@transaction.atomic
def begin(batch: Batch, taken: Collection[str] | None, job_at: datetime) -> bool:
    """It comes in from now on, and nothing of it is changed any more. `taken`: ids of rows, None of all; `job_at`: when
    a job does it, or goes on with what was broken off until then. False if that was said before."""
    if not still_a_draft(batch):
        return False
    if taken is not None:
        batch.rows.waiting().exclude(pk__in=taken).update(became=Became.LEFT_OUT)
    enqueue("practices.come_in", key=f"practices.come_in {batch.pk}", due_at=job_at, batch=batch.pk)
    batch.asked_at = clock.now()
    batch.save(update_fields=["asked_at"])
    return True


@transaction.atomic
def tick(batch: Batch, seen: Collection[str], taken: Collection[str]) -> bool:
    """Of the rows that somebody has before them those that they took out stay out, whatever page they look at next;
    ids of rows. False once it comes in."""
    if not still_a_draft(batch):
        return False
    rows = batch.rows.offered().filter(pk__in=seen)
    rows.filter(pk__in=taken).update(became="")
    rows.exclude(pk__in=taken).update(became=Became.LEFT_OUT)
    return True


@transaction.atomic
def throw_away(batch: Batch) -> bool:
    """With all its words; False once it comes in."""
    return bool(still_a_draft(batch) and batch.delete())


def is_there(batch: Batch) -> bool:
    return Batch.objects.filter(pk=batch.pk).everywhere("whoever confirms it at the same moment").exists()


def still_a_draft(batch: Batch) -> bool:
    """As it is now, its row locked: within a transaction."""
    row = Batch.objects.filter(pk=batch.pk).select_for_update(no_key=True)
    return row.filter(confirmed_at=None, asked_at=None).everywhere("whoever confirms it at the same moment").exists()
