"""An accepted practice is challenged by anyone who belongs, and the challenge is settled by the same procedure."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Person
from commonplace.ledger import clock
from commonplace.ledger.ids import LENGTH, PublicId
from commonplace.ledger.scope import ScopedManager, ScopedOneToOneField
from commonplace.objectifying.lengths import LONGEST_PART
from commonplace.objectifying.models.reading import ChallengePartQuerySet, PartQuerySet
from commonplace.objectifying.status import Outcome

ENDS = {
    Outcome.UPHELD: _("It holds as it is"),
    Outcome.UNDER_REVISION: _("It needs another version"),
    Outcome.RETIRED: _("It no longer holds"),
}


class ChallengeQuerySet(PartQuerySet["Challenge"]):
    def open(self) -> ChallengeQuerySet:
        return self.filter(settlement=None)


class Challenge(models.Model):
    """`application` is the plain id of a failed application, known to the higher layer."""

    id = PublicId()
    practice = models.ForeignKey("objectifying.Practice", models.CASCADE, related_name="challenges")
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.TextField(max_length=LONGEST_PART)
    case = models.TextField(blank=True, max_length=LONGEST_PART)
    application = models.CharField(max_length=LENGTH, blank=True)
    raised_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(ChallengeQuerySet)()

    COMMUNITY = "practice__community"
    PERSONAL = ("raised_by", "reason", "case")
    IMPERSONAL = ("id", "practice", "application", "raised_at")

    @property
    def subject(self) -> models.Model:
        return self.practice

    @property
    def community(self) -> Community:
        return self.practice.community


class Settlement(models.Model):
    """`proposal` is the round that decided it."""

    id = PublicId()
    challenge = ScopedOneToOneField(Challenge, models.CASCADE, related_name="settlement")
    proposal = models.ForeignKey("objectifying.Proposal", models.CASCADE, related_name="settlements")
    outcome = models.CharField(max_length=16, choices=[(code.value, words) for code, words in ENDS.items()])
    reason = models.TextField(blank=True, max_length=LONGEST_PART)
    settled_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(ChallengePartQuerySet)()

    COMMUNITY = "challenge__practice__community"
    PERSONAL = ("reason", "settled_by")
    IMPERSONAL = ("id", "challenge", "proposal", "outcome", "settled_at")

    @property
    def subject(self) -> models.Model:
        return self.challenge.practice
