"""Who does not want to be told any more what their community could begin with."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models.community import Community
from commonplace.communities.models.person import Person
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet


class FirstHourPutAwayQuerySet(ScopedQuerySet["FirstHourPutAway"]):
    def _visible_to(self, person: Any) -> "FirstHourPutAwayQuerySet":
        return self.filter(person=person.pk)


class FirstHourPutAway(models.Model):
    """One facilitator's own mark: nobody else is shown it, and whoever else facilitates is told what is left."""

    OUTSIDE_ACTS = "what somebody wants to be told is theirs: no act tells of it, and the ledger does not hold it"

    id = PublicId()
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(FirstHourPutAwayQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "community"],
                name="first_hour_put_away_once",
                violation_error_message=_("You have put this away already."),
            )
        ]

    COMMUNITY = "community"
    PERSONAL = ("person", "at")
    IMPERSONAL = ("id", "community")
