"""Somebody read a community's figures without protection: its members see who, when, and of which time."""

from __future__ import annotations

from typing import Any

from django.db import models

from commonplace.communities.models import Community, Person
from commonplace.communities.models.footing import where
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet


class OpeningQuerySet(ScopedQuerySet["Opening"]):
    def _visible_to(self, person: Any) -> OpeningQuerySet:
        return self.filter(where(lambda one: one.is_member, person, "community"))


class Opening(models.Model):
    """`days`: how long the window was (0: all there is); `until`: the day of its end."""

    id = PublicId()
    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    days = models.PositiveIntegerField()
    until = models.DateField()
    opened_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(OpeningQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["community", "opened_at"], name="openings_of_a_community")]

    COMMUNITY = "community"
    PERSONAL = ("person",)
    IMPERSONAL = ("id", "community", "days", "until", "opened_at")

    def __str__(self) -> str:
        return f"{self.days} days to {self.until}"

    @property
    def subject(self) -> Community:
        return self.community
