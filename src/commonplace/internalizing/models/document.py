"""What search looks through: one document for each exchange (with its responses) and each practice."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from commonplace.communities.contributions import SearchSource, contributed
from commonplace.communities.models import Community
from commonplace.ledger.ids import LENGTH
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet


class DocumentQuerySet(ScopedQuerySet["Document"]):
    def _visible_to(self, person: Any) -> DocumentQuerySet:
        """What the exchanges and practices themselves show this reader, asked of them at the time of reading."""
        shown = Q(pk__in=[])
        for source in contributed(SearchSource):
            same = source.rows().visible_to(person).filter(pk=OuterRef("subject"))
            shown |= Q(Exists(same), kind=source.name)
        return self.filter(shown)


class Document(models.Model):
    """`kind` is the name of its source. `text` is plain, for excerpts; what is matched lies
    in the engine's own index (migration 0002)."""

    kind = models.CharField(max_length=20)
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
