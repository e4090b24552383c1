"""Somebody thanks for an answer: between the two of them, counted nowhere."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Person
from commonplace.communities.models.footing import readable
from commonplace.externalizing.models.response import Response
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet

ONCE = _("You have thanked for it already.")


class ThanksQuerySet(ScopedQuerySet["Thanks"]):
    def _visible_to(self, person: Any) -> ThanksQuerySet:
        """Whoever thanked and whoever was thanked, where they may read; nobody else, whatever their role."""
        theirs = Q(person=person.pk) | Q(response__author=person.pk)
        return self.filter(readable(person, "response__exchange__community") & theirs)


class Thanks(models.Model):
    id = PublicId()
    response = models.ForeignKey(Response, models.CASCADE, related_name="thanks", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    thanked_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(ThanksQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "person"], name="thanked_once", violation_error_message=ONCE)
        ]

    COMMUNITY = "response__exchange__community"
    PERSONAL = ("person",)
    IMPERSONAL = ("id", "response", "thanked_at")

    @property
    def subject(self) -> models.Model:
        return self.response.exchange
