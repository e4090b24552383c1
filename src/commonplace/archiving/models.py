"""What came from which archive: read before each import, so that a second one changes nothing."""

from django.db import models

from commonplace.ledger.ids import LENGTH


class Imported(models.Model):
    """`key` is the record's kind and external id, `object` the public id here, `digest` that of its words."""

    community = models.CharField(max_length=LENGTH)
    origin = models.CharField(max_length=120)
    key = models.CharField(max_length=200)
    object = models.CharField(max_length=LENGTH)
    digest = models.CharField(max_length=32)

    OUTSIDE_ACTS = "bookkeeping of what came from where, written with the acts of an import"
    PERSONAL = ("key",)
    IMPERSONAL = ("id", "community", "origin", "object", "digest")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "origin", "key"], name="imported_once")]

    def __str__(self) -> str:
        return f"{self.origin}: {self.key}"
