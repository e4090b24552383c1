"""What a text said before its author edited it."""

from django.db import models
from django.db.models import Q

from commonplace.externalizing.models.exchange import Exchange
from commonplace.externalizing.models.response import Response
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet


class Revision(models.Model):
    id = PublicId()
    exchange = models.ForeignKey(Exchange, models.CASCADE, null=True, related_name="revisions")
    response = models.ForeignKey(Response, models.CASCADE, null=True, related_name="revisions")
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    body_format = models.CharField(max_length=8)
    replaced_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta:
        ordering = ["-replaced_at"]
        constraints = [
            models.CheckConstraint(condition=Q(exchange=None) ^ Q(response=None), name="revision_of_one_text")
        ]

    PERSONAL = ("title", "body")
    IMPERSONAL = ("id", "exchange", "response", "body_format", "replaced_at")
