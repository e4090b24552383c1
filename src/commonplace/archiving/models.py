"""What came from which archive: read before each import, so that a second one changes nothing."""

from django.db import models

from commonplace.ledger.ids import LENGTH


class Site(models.Model):
    """A site that archives of a community came from: `origin` is its name in acts, `mark` what its archives share."""

    community = models.CharField(max_length=LENGTH)
    format = models.CharField(max_length=40)
    origin = models.CharField(max_length=120)
    address = models.CharField(max_length=120)
    mark = models.CharField(max_length=40, blank=True)

    OUTSIDE_ACTS = "bookkeeping of what came from where, written with the acts of an import"
    PERSONAL = ()
    IMPERSONAL = ("id", "community", "format", "origin", "address", "mark")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "origin"], name="site_once")]

    def __str__(self) -> str:
        return self.address


class Imported(models.Model):
    """`key` is the record's kind and external id, `object` the public id here, `digest` that of its words.

    `at` and `author` (an external id), where it tells them, are those of the record: another record has others.
    """

    community = models.CharField(max_length=LENGTH)
    origin = models.CharField(max_length=120)
    key = models.CharField(max_length=200)
    object = models.CharField(max_length=LENGTH)
    digest = models.CharField(max_length=32)
    at = models.DateTimeField(null=True)
    author = models.CharField(max_length=200, blank=True)

    OUTSIDE_ACTS = "bookkeeping of what came from where, written with the acts of an import"
    PERSONAL = ("key", "author")
    IMPERSONAL = ("id", "community", "origin", "object", "digest", "at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "origin", "key"], name="imported_once")]

    def __str__(self) -> str:
        return f"{self.origin}: {self.key}"
