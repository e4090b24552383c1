"""What search looks through: one document for each exchange (with its responses) and each practice."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from commonplace.communities.models import Community
from commonplace.externalizing.models import Exchange
from commonplace.ledger.ids import LENGTH
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet
from commonplace.objectifying.models import Practice


class DocumentKind(models.TextChoices):
    EXCHANGE = "exchange"
    PRACTICE = "practice"


class DocumentQuerySet(ScopedQuerySet["Document"]):
    def _visible_to(self, person: Any) -> DocumentQuerySet:
        """What the exchanges and practices themselves show this reader, asked of them at the time of reading."""
        same = OuterRef("subject")
        return self.filter(
            Q(Exists(Exchange.objects.visible_to(person).filter(pk=same)), kind=DocumentKind.EXCHANGE)
            | Q(Exists(Practice.objects.visible_to(person).filter(pk=same)), kind=DocumentKind.PRACTICE)
        )


class Document(models.Model):
    """`text` is plain, for excerpts; what is matched lies in the engine's own index (migration 0002)."""

    kind = models.CharField(max_length=8, choices=DocumentKind.choices)
    subject = models.CharField(max_length=LENGTH, unique=True)
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    title = models.CharField(max_length=200)
    text = models.TextField()
    weight = models.PositiveSmallIntegerField(default=0)
    happened_at = models.DateTimeField()

    objects = ScopedManager.from_queryset(DocumentQuerySet)()

    OUTSIDE_ACTS = "derived from exchanges and practices"
    PERSONAL = ("title", "text")
    IMPERSONAL = ("id", "kind", "subject", "community", "weight", "happened_at")

    def __str__(self) -> str:
        return self.title
