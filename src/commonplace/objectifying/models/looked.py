"""Which version of another of its family somebody has seen beside a practice that they look after."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Person
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager
from commonplace.objectifying.models.reading import PartQuerySet


class Looked(models.Model):
    """`number`: the version of the `other` that was in force then. Nobody else is shown it."""

    OUTSIDE_ACTS = "what somebody has looked at is theirs: no act tells of it, and the ledger does not hold it"

    id = PublicId()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    practice = models.ForeignKey("objectifying.Practice", models.CASCADE, related_name="+")
    other = models.ForeignKey("objectifying.Practice", models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(PartQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "practice", "other"],
                name="last_look_at_one_of_its_family",
                violation_error_message=_("You have looked at both already."),
            )
        ]

    COMMUNITY = "practice__community"
    PERSONAL = ("person", "at")
    IMPERSONAL = ("id", "practice", "other", "number")

    @property
    def subject(self) -> models.Model:
        return self.practice
