"""A draft until somebody confirms it: whoever changes it and whoever confirms it wait for each other."""

from collections.abc import Collection

from django.db import transaction

from commonplace.ledger import clock
from commonplace.objectifying.models import Batch, Became


@transaction.atomic
def begin(batch: Batch, taken: Collection[str] | None) -> bool:
    """It comes in from now on, whoever does it: nothing of it is changed any more. `taken`: ids of rows, None for all.
    False if that was said before."""
    if not still_a_draft(batch):
        return False
    if taken is not None:
        batch.rows.waiting().exclude(pk__in=taken).update(became=Became.LEFT_OUT)
    batch.asked_at = clock.now()
    batch.save(update_fields=["asked_at"])
    return True


@transaction.atomic
def throw_away(batch: Batch) -> bool:
    """With all its words; False once it comes in."""
    return bool(still_a_draft(batch) and batch.delete())


def still_a_draft(batch: Batch) -> bool:
    """As it is now, its row locked: within a transaction."""
    row = Batch.objects.filter(pk=batch.pk).select_for_update(no_key=True)
    return row.filter(confirmed_at=None, asked_at=None).everywhere("whoever confirms it at the same moment").exists()
