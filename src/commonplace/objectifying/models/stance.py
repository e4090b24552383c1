"""Where someone stands in a round, and what stands against it. A stance replaced stays as history."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Person, Unit
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager
from commonplace.objectifying.consent import COUNTING, How
from commonplace.objectifying.lengths import LONGEST_PART
from commonplace.objectifying.models.practice import Practice
from commonplace.objectifying.models.proposal import Proposal
from commonplace.objectifying.models.reading import RoundPartQuerySet
from commonplace.objectifying.models.version import Version
from commonplace.objectifying.models.voice import Voice


class StanceQuerySet(RoundPartQuerySet["Stance"]):
    def current(self) -> StanceQuerySet:
        return self.filter(replaced_at=None)

    def counting(self) -> StanceQuerySet:
        """Consent, with or without a concern. Standing aside does not count, silence even less."""
        return self.filter(stance__in=COUNTING)

    def last_of(self, person: Person) -> Stance | None:
        """Where they stand; if that was voided, where they stood last."""
        return self.filter(person=person).order_by(F("replaced_at").desc(nulls_first=True), "-taken_at").first()

    def units(self) -> list[str]:
        """Those that were merged meanwhile are one."""
        return sorted(Unit.objects.kept(self.values_list("unit", flat=True)))


class Stance(Voice):
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="stances")
    version = models.ForeignKey(Version, models.CASCADE, related_name="+")

    objects = ScopedManager.from_queryset(StanceQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "person"],
                condition=Q(replaced_at=None),
                name="one_current_stance",
                violation_error_message=_("You spoke twice at the same moment. Load the page again."),
            )
        ]

    COMMUNITY = "proposal__practice__community"
    IMPERSONAL = ("id", "proposal", "version", "taken_at", "replaced_at")

    @property
    def subject(self) -> Practice:
        return self.proposal.practice


HOWS = {How.CHANGE: _("met by a change"), How.WITHDRAWN: _("withdrawn")}


class ObjectionQuerySet(RoundPartQuerySet["Objection"]):
    def standing(self) -> ObjectionQuerySet:
        return self.filter(settled_at=None)


class Objection(models.Model):
    """`raised_on` is the version objected to; `version` the one that met it. A page adds `met_by`: what changed."""

    met_by: list[tuple[str, str]]

    id = PublicId()
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="objections")
    raised_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    raised_on = models.ForeignKey(Version, models.CASCADE, related_name="+")
    text = models.TextField(max_length=LONGEST_PART)
    raised_at = models.DateTimeField(default=clock.now)
    how = models.CharField(max_length=10, choices=[(code.value, words) for code, words in HOWS.items()], blank=True)
    version = models.ForeignKey(Version, models.CASCADE, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScopedManager.from_queryset(ObjectionQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "raised_by"],
                condition=Q(settled_at=None),
                name="one_standing_objection",
                violation_error_message=_("Your objection stands already."),
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, how="") | (Q(settled_at__isnull=False) & ~Q(how="")),
                name="settled_somehow",
                violation_error_message=_("An objection that is settled was met by a change, or withdrawn."),
            ),
        ]

    COMMUNITY = "proposal__practice__community"
    PERSONAL = ("raised_by", "text", "settled_by")
    IMPERSONAL = ("id", "proposal", "raised_on", "raised_at", "how", "version", "settled_at")

    @property
    def subject(self) -> Practice:
        return self.proposal.practice

    @property
    def community(self) -> Community:
        return self.subject.community

    @property
    def is_standing(self) -> bool:
        return self.settled_at is None
