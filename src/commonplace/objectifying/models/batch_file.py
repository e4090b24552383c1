"""What a batch was read from, kept until it is confirmed: said otherwise what a column means, it is read again."""

from __future__ import annotations

from django.db import models

from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet
from commonplace.objectifying.models.batch import Batch

PASTED = ""


class BatchFileQuerySet(ScopedQuerySet["BatchFile"]):
    def _visible_to(self, person: object) -> BatchFileQuerySet:
        """Whoever laid it out sees what became of it: the bytes themselves are shown to nobody."""
        return self.none()


class BatchFile(models.Model):
    """`name`: as whoever sent it called it; PASTED of a table that was typed or pasted."""

    id = PublicId()
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="files")
    name = models.CharField(max_length=400, blank=True)
    data = models.BinaryField()

    objects = ScopedManager.from_queryset(BatchFileQuerySet)()

    COMMUNITY = "batch__community"
    PERSONAL = ("name", "data")
    IMPERSONAL = ("id", "batch")
    OUTSIDE_ACTS = Batch.OUTSIDE_ACTS
