"""What a community agreed on: a version, since when, until the next one or the settlement that ended it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedOneToOneField
from commonplace.objectifying.models.reading import PartQuerySet
from commonplace.objectifying.models.version import Version


class AgreementQuerySet(PartQuerySet["Agreement"]):
    def in_force(self) -> AgreementQuerySet:
        return self.filter(ended_at=None)


class Agreement(models.Model):
    """An older version that was agreed on is superseded: its agreement has ended and a newer one is in force.

    `proposal`: the round that agreed; of a minor edit the one that agreed on what it edits.
    """

    id = PublicId()
    practice = models.ForeignKey("objectifying.Practice", models.CASCADE, related_name="agreements")
    version = ScopedOneToOneField(Version, models.CASCADE, related_name="agreement")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="agreements", related_query_name="agreement")
    since = models.DateTimeField(default=clock.now)
    review_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(AgreementQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice"],
                condition=Q(ended_at=None),
                name="one_agreement_in_force",
                violation_error_message=_("Another version was agreed on at the same moment. Load the page again."),
            )
        ]

    PERSONAL = ()
    IMPERSONAL = ("id", "practice", "version", "proposal", "since", "review_on", "ended_at")

    @property
    def subject(self) -> models.Model:
        return self.practice
