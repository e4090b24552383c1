"""An accepted practice is challenged by anyone who belongs, and the challenge is settled by the same procedure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Person
from commonplace.consenting.lengths import LONGEST_PART
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.ids import LENGTH, PublicId
from commonplace.ledger.scope import ScopedManager, ScopedOneToOneField
from commonplace.objectifying.models.reading import ChallengePartQuerySet, PartQuerySet
from commonplace.objectifying.models.version import Version
from commonplace.objectifying.status import KEPT, ChallengeGround, Settled

ENDS = {
    Settled.UPHELD: _("It holds as it is"),
    Settled.UNDER_REVISION: _("It needs another version"),
    Settled.RETIRED: _("It no longer holds"),
    Settled.ANSWERED: _("What came since has answered it"),
    Settled.UNSETTLED: _("Nobody settled it in time, so a review was due"),
    Settled.TAKEN_BACK: _("It was taken back"),
}
GROUNDS = {
    ChallengeGround.FAILED: _("It failed"),
    ChallengeGround.UNSAFE: _("It is not safe"),
    ChallengeGround.OUT_OF_DATE: _("It is out of date"),
    ChallengeGround.UNCLEAR: _("It is not clear"),
    ChallengeGround.NOT_HERE: _("It does not fit where I work"),
}

WHY = "what a version answers is asked of its own practice's"
NEAR = timedelta(days=14)
"""It stands first while it ends so soon."""


class ChallengeQuerySet(PartQuerySet["Challenge"]):
    def open(self) -> ChallengeQuerySet:
        return self.filter(settlement=None)

    def named_by(self, number: Any) -> ChallengeQuerySet:
        """Of the open ones, what this version names."""
        text = Version.objects.filter(practice=OuterRef("practice"), number=number)
        return self.open().filter(Exists(text.filter(answers__challenge=OuterRef("pk")).everywhere(WHY)))

    def since(self, number: Any) -> ChallengeQuerySet:
        """Of the open ones, what was raised after this version was written, which it could not name."""
        text = Version.objects.filter(practice=OuterRef("practice"), number=number)
        return self.open().filter(Exists(text.filter(made_at__lt=OuterRef("raised_at")).everywhere(WHY)))


class Challenge(models.Model):
    """`number`: the version agreed on then; `application`: the plain id of a failed one, known to the higher layer."""

    id = PublicId()
    practice = models.ForeignKey("objectifying.Practice", models.CASCADE, related_name="challenges")
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=12, choices=[(code.value, words) for code, words in GROUNDS.items()])
    reason = models.TextField(max_length=LONGEST_PART)
    case = models.TextField(blank=True, max_length=LONGEST_PART)
    number = models.PositiveSmallIntegerField()
    application = models.CharField(max_length=LENGTH, blank=True)
    raised_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(ChallengeQuerySet)()

    COMMUNITY = "practice__community"
    PERSONAL = ("raised_by", "reason", "case")
    IMPERSONAL = ("id", "practice", "ground", "number", "application", "raised_at")

    @property
    def subject(self) -> models.Model:
        return self.practice

    @property
    def community(self) -> Community:
        return self.practice.community

    @property
    def ends_at(self) -> datetime:
        """Until then a round settles it; after that the rule does."""
        return self.raised_at + timedelta(days=settings.CHALLENGE_DAYS)

    @property
    def is_open(self) -> bool:
        return not hasattr(self, "settlement")

    @property
    def may_be_raised_again(self) -> bool:
        """Open, or settled so that the practice went on: somebody else can still say that they see it too."""
        return self.is_open or self.settlement.outcome in (*KEPT, Settled.TAKEN_BACK)


class Share(models.Model):
    """A second member who sees it too."""

    id = PublicId()
    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="shares")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(ChallengePartQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "person"],
                name="shared_once",
                violation_error_message=_("You have said already that you see it too."),
            )
        ]

    COMMUNITY = "challenge__practice__community"
    PERSONAL = ("person",)
    IMPERSONAL = ("id", "challenge", "shared_at")

    @property
    def subject(self) -> models.Model:
        return self.challenge.practice


class Answer(models.Model):
    """A version says that it answers a challenge. Whoever raised it keeps it open by objecting."""

    id = PublicId()
    version = models.ForeignKey(Version, models.CASCADE, related_name="answers")
    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="answers")

    objects = ScopedManager.from_queryset(ChallengePartQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "challenge"],
                name="answered_once",
                violation_error_message=_("This version says already that it answers the challenge."),
            )
        ]

    COMMUNITY = "challenge__practice__community"
    PERSONAL = ()
    IMPERSONAL = ("id", "version", "challenge")

    @property
    def subject(self) -> models.Model:
        return self.challenge.practice


class Settlement(models.Model):
    """`proposal` is the round that decided it; None where it was taken back, or nobody settled it in time."""

    id = PublicId()
    challenge = ScopedOneToOneField(Challenge, models.CASCADE, related_name="settlement")
    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=16, choices=[(code.value, words) for code, words in ENDS.items()])
    reason = models.TextField(blank=True, max_length=LONGEST_PART)
    settled_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(ChallengePartQuerySet)()

    COMMUNITY = "challenge__practice__community"
    PERSONAL = ("reason",)
    IMPERSONAL = ("id", "challenge", "proposal", "outcome", "settled_at")

    @property
    def subject(self) -> models.Model:
        return self.challenge.practice
