"""What somebody follows, or has muted: nobody else is shown it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Person
from commonplace.corresponding.models.within import within
from commonplace.ledger import clock
from commonplace.ledger.ids import LENGTH
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet

TOPIC, PERSON = "topic", "person"


class FollowingQuerySet(ScopedQuerySet["Following"]):
    def _visible_to(self, person: Any) -> FollowingQuerySet:
        """One's own, where one still belongs or serves."""
        return self.filter(within(person), person=person.pk)


class Following(models.Model):
    """`kind`: a thread's, a topic or a person; `of`: its plain id. A person is followed in one community."""

    OUTSIDE_ACTS = "what somebody follows is a private mark, which no ledger holds"

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=12)
    of = models.CharField(max_length=LENGTH)
    muted = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(FollowingQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "of", "community"],
                name="followed_or_muted_once",
                violation_error_message=_("You follow it already, or have muted it."),
            )
        ]
        indexes = [models.Index(fields=["community", "of"], name="who_follows")]

    COMMUNITY = "community"
    PERSONAL = ("person", "kind", "of", "muted", "at")
    IMPERSONAL = ("id", "community")

    @property
    def subject(self) -> Community:
        return self.community
