"""T17: what nobody pursues, what another replaces, what no longer holds: when, why, and by which other practice."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Person
from commonplace.consenting.lengths import LONGEST_PART
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager
from commonplace.objectifying.models.reading import PartQuerySet
from commonplace.objectifying.status import Status

HOW = {
    Status.SET_ASIDE: _("set aside"),
    Status.REPLACED: _("replaced"),
    Status.RETIRED: _("retired"),
}


class PutAway(models.Model):
    """`proposal`: the round that did, where it had been agreed on; `by`: who did, where it had not."""

    id = PublicId()
    practice = models.ForeignKey("objectifying.Practice", models.CASCADE, related_name="put_away")
    how = models.CharField(max_length=16, choices=[(code.value, words) for code, words in HOW.items()])
    replacement = models.ForeignKey("objectifying.Practice", models.CASCADE, null=True, blank=True, related_name="+")
    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(max_length=LONGEST_PART)
    at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(PartQuerySet)()

    COMMUNITY = "practice__community"
    PERSONAL = ("by", "reason")
    IMPERSONAL = ("id", "practice", "how", "replacement", "proposal", "at")

    @property
    def subject(self) -> models.Model:
        return self.practice
