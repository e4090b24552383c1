"""T15: a version that changes nothing that binds holds without a round, once somebody else finds it fine."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Person
from commonplace.consenting.kinds import Kind
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedOneToOneField
from commonplace.objectifying.models.agreement import Agreement
from commonplace.objectifying.models.reading import PartQuerySet
from commonplace.objectifying.models.version import Version
from commonplace.objectifying.status import MinorEnd

MINOR_ENDS = {
    MinorEnd.AGREED: _("it holds"),
    MinorEnd.TAKEN_BACK: _("taken back"),
}


class MinorEditQuerySet(PartQuerySet["MinorEdit"]):
    def waiting(self) -> MinorEditQuerySet:
        """Neither ended, nor put to consent, nor is what it edits agreed on no more."""
        put = Proposal._base_manager.filter(
            subject_id=OuterRef("practice"), matter=Kind.ACCEPTANCE, number=OuterRef("version__number")
        )
        return self.filter(~Exists(put), ended_at=None, agreement__ended_at=None)


class MinorEdit(models.Model):
    """`agreement`: of the version that it edits, in force then."""

    id = PublicId()
    practice = models.ForeignKey("objectifying.Practice", models.CASCADE, related_name="minor_edits")
    version = ScopedOneToOneField(Version, models.CASCADE, related_name="minor_edit")
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="+")
    fine_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    fine_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(
        max_length=12, choices=[(code.value, words) for code, words in MINOR_ENDS.items()], blank=True
    )
    begun_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(MinorEditQuerySet)()

    COMMUNITY = "practice__community"
    PERSONAL = ("fine_by",)
    IMPERSONAL = ("id", "practice", "version", "agreement", "fine_at", "ended_at", "outcome", "begun_at")

    @property
    def subject(self) -> models.Model:
        return self.practice

    @property
    def community(self) -> Community:
        return self.practice.community

    @property
    def holds_at(self) -> datetime | None:
        """Unless somebody wants a round: so long after it was found fine."""
        return self.fine_at + timedelta(days=settings.MINOR_DAYS) if self.fine_at else None
