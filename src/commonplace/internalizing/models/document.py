"""What search looks through: a document for each exchange, each response and each practice."""

from __future__ import annotations

from typing import Any

from django.db import models

from commonplace.communities.models import Community
from commonplace.communities.models.footing import readable
from commonplace.ledger.ids import LENGTH
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet


class DocumentQuerySet(ScopedQuerySet["Document"]):
    def _visible_to(self, person: Any) -> DocumentQuerySet:
        """Hits are read through the doors of what they are about, besides."""
        return self.filter(readable(person, "community"))


class Document(models.Model):
    """`kind` is the name of its source, `subject` what it is about, `thread` what is shown of it.

    `text` is plain, for excerpts, as what it is about was when last `edited_at`; `words` is how title and text read
    without accents, for phrases. What is matched are the postings of its `terms`, which only search/store.py knows
    (migration 0002); `digest` tells when they change.
    """

    id = models.BigAutoField(primary_key=True)  # Given: search/numbers.py.
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=LENGTH, unique=True)
    thread = models.CharField(max_length=LENGTH)
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    weight = models.PositiveSmallIntegerField(default=0)
    happened_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=32)
    words = models.TextField()
    text = models.TextField()
    terms = models.JSONField(default=list)

    objects = ScopedManager.from_queryset(DocumentQuerySet)()

    OUTSIDE_ACTS = "derived from exchanges, responses and practices"
    PERSONAL = ("words", "text", "terms")
    IMPERSONAL = ("id", "kind", "subject", "thread", "community", "weight", "happened_at", "edited_at", "digest")

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
