"""Someone ends an exchange, helped or not."""

from __future__ import annotations

from django.db import models

from commonplace.communities.models import Person
from commonplace.externalizing.models.kinds import Purpose, WhyUnresolved
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedOneToOneField, ScopedQuerySet


class Closing(models.Model):
    """The purpose is classified again here: was existing knowledge there? then it was re-use."""

    id = PublicId()
    exchange = ScopedOneToOneField("Exchange", models.CASCADE, related_name="closing")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    why_unresolved = models.CharField(max_length=20, choices=WhyUnresolved.choices, blank=True)
    closed_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    COMMUNITY = "exchange__community"
    PERSONAL = ("person",)
    IMPERSONAL = ("id", "exchange", "purpose", "why_unresolved", "closed_at")

    @property
    def subject(self) -> models.Model:
        return self.exchange
