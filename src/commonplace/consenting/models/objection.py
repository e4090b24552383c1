"""What stands against a round, on which ground, and how it was met."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Person
from commonplace.consenting.kinds import Ground, How
from commonplace.consenting.lengths import LONGEST_HEARD, LONGEST_PART
from commonplace.consenting.models.proposal import InRound, Proposal
from commonplace.consenting.models.reading import RoundPartQuerySet
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedOneToOneField, ScopedQuerySet

GROUNDS = {
    Ground.UNSAFE: _("It is not safe"),
    Ground.DOES_NOT_WORK: _("It does not work"),
    Ground.EFFORT: _("It costs more than it brings"),
    Ground.UNFAIR: _("It is unfair to somebody"),
    Ground.AGAINST_RULE: _("It is against a rule or a duty"),
    Ground.UNCLEAR: _("One cannot tell what it asks"),
}
HOWS = {
    How.CHANGE: _("met by a change"),
    How.WITHDRAWN: _("withdrawn"),
    How.DISSENT: _("kept as dissent"),
    How.TAKEN_UP: _("taken up by somebody else"),
    How.ANEW: _("said anew"),
}


class ObjectionQuerySet(RoundPartQuerySet["Objection"]):
    def standing(self) -> ObjectionQuerySet:
        """Settled by nobody."""
        return self.filter(settled_at=None)


class Objection(InRound):
    """`raised_on`: the number of the text objected to; `number`: of the one that met it. `for_another`: raised by a
    facilitator for somebody who prefers not to be named. `repeated`: the same person's on the same ground, of a text
    that was changed to meet it. `taken_from`: whose objection it goes on with. `heard_as`: how somebody, `heard_by`,
    understands it; `understood_at`: its raiser said that this is what they mean. `kept_on`: the number of the text
    of which they said last that it does not meet it.
    """

    id = PublicId()
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="objections")
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    for_another = models.BooleanField(default=False)
    ground = models.CharField(max_length=14, choices=[(code.value, words) for code, words in GROUNDS.items()])
    harm = models.TextField(max_length=LONGEST_PART)
    raised_on = models.PositiveSmallIntegerField()
    raised_at = models.DateTimeField(default=clock.now)
    repeated = models.BooleanField(default=False)
    taken_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    heard_as = models.TextField(blank=True, max_length=LONGEST_HEARD)
    heard_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    heard_at = models.DateTimeField(null=True, blank=True)
    understood_at = models.DateTimeField(null=True, blank=True)
    kept_on = models.PositiveSmallIntegerField(null=True, blank=True)
    how = models.CharField(max_length=10, choices=[(code.value, words) for code, words in HOWS.items()], blank=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScopedManager.from_queryset(ObjectionQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "raised_by", "for_another"],
                condition=Q(settled_at=None),
                name="one_standing_objection",
                violation_error_message=_("Your objection stands already."),
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, how="") | (Q(settled_at__isnull=False) & ~Q(how="")),
                name="settled_somehow",
                violation_error_message=_("An objection that is settled was settled somehow."),
            ),
            models.CheckConstraint(
                condition=Q(understood_at=None) | Q(heard_at__isnull=False),
                name="understood_as_somebody_said",
                violation_error_message=_("What is understood was said by somebody."),
            ),
        ]

    PERSONAL = ("raised_by", "harm", "heard_as", "heard_by", "settled_by")
    IMPERSONAL = (
        "id", "proposal", "for_another", "ground", "raised_on", "raised_at", "repeated", "taken_from", "heard_at",
        "understood_at", "kept_on", "how", "number", "settled_at",
    )  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("objection", args=[self.proposal.community.slug, self.proposal_id, self.pk])

    @property
    def is_standing(self) -> bool:
        return self.settled_at is None

    @property
    def is_asked_about(self) -> bool:
        """Whether it still stands is for its raiser to say: of another text than they spoke of, or in another round."""
        if self.kept_on == self.proposal.number:
            return False
        return self.proposal.number > self.raised_on or self.is_carried_over

    @property
    def is_carried_over(self) -> bool:
        """It stood in a round that was withdrawn. A page has read it with the objection."""
        known = vars(self).get("came_from")
        before = self.taken_from if known is None and self.taken_from_id else None
        return (before.proposal_id if before else known) not in (None, self.proposal_id)

    @property
    def understanding(self) -> dict[str, Any]:
        """What goes on with it into the next round: how it was understood, once its raiser has said so."""
        columns = ("heard_as", "heard_by_id", "heard_at", "understood_at") if self.understood_at else ()
        return {column: getattr(self, column) for column in columns}


class Remedy(models.Model):
    """A facilitator without a part said that a text meets an objection. Its raiser may say no until the days are over,
    which run from when they have seen it. `refused_at`: their no, or when the round moved to another text."""

    id = PublicId()
    objection = models.ForeignKey(Objection, models.CASCADE, related_name="remedies")
    number = models.PositiveSmallIntegerField()
    offered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(default=clock.now)
    refused_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["objection"],
                condition=Q(refused_at=None),
                name="one_remedy_at_a_time",
                violation_error_message=_("Somebody has said so already."),
            )
        ]

    COMMUNITY = "objection__proposal__community"
    PERSONAL = ("offered_by",)
    IMPERSONAL = ("id", "objection", "number", "offered_at", "refused_at")

    @property
    def subject(self) -> Any:
        return self.objection.proposal.subject

    @property
    def holds_at(self) -> datetime | None:
        """When it has met the objection, if its raiser says nothing else; None before they have seen it."""
        return self.seen_at + timedelta(days=settings.REMEDY_DAYS) if self.seen_at else None

    def has_met_it(self, at: datetime) -> bool:
        """Its raiser saw it while the round was open, and has said nothing else since."""
        in_time = self.seen_at is not None and self.seen_at < self.objection.proposal.closes_at
        return in_time and self.holds_at is not None and self.holds_at <= at

    @property
    def seen_at(self) -> datetime | None:
        """When its raiser opened it."""
        seen: RemedySeen | None = getattr(self, "seen", None)
        return seen.at if seen else None


class RemedySeen(models.Model):
    """When the raiser of an objection opened its remedy among what needs them. Nobody else is shown it."""

    OUTSIDE_ACTS = "what somebody has opened is theirs: no act tells of it, and the ledger does not hold it"

    remedy = ScopedOneToOneField(Remedy, models.CASCADE, primary_key=True, related_name="seen")
    at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    COMMUNITY = "remedy__objection__proposal__community"
    PERSONAL = ("at",)
    IMPERSONAL = ("remedy",)
