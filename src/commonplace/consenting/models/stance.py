"""Where someone stands in a round. A stance that was replaced stays as history."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Person
from commonplace.consenting.kinds import COUNTING, Stand
from commonplace.consenting.lengths import LONGEST_PART
from commonplace.consenting.models.proposal import InRound, Proposal
from commonplace.consenting.models.reading import RoundPartQuerySet
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager

STANDS = {
    Stand.CONSENT: _("Consent"),
    Stand.CONCERN: _("Consent, with a concern"),
    Stand.ASIDE: _("Stand aside"),
    Stand.OBJECT: _("Object"),
}


class StanceQuerySet(RoundPartQuerySet["Stance"]):
    def current(self) -> StanceQuerySet:
        return self.filter(replaced_at=None)

    def own(self) -> StanceQuerySet:
        """Said by oneself: what somebody else entered counts only when that person confirms it."""
        return self.filter(entered_by=None)

    def counting(self) -> StanceQuerySet:
        """Consent, with or without a concern. Standing aside does not count, silence even less."""
        return self.filter(stance__in=COUNTING)


class Stance(InRound):
    """`number`: the text it speaks of. `entered_by`: who wrote down what this person said, until they confirm it."""

    id = PublicId()
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="stances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    stance = models.CharField(max_length=8, choices=[(code.value, words) for code, words in STANDS.items()])
    reason = models.TextField(blank=True, max_length=LONGEST_PART)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(default=clock.now)
    replaced_at = models.DateTimeField(null=True, blank=True)

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

    PERSONAL = ("person", "stance", "reason", "entered_by")
    IMPERSONAL = ("id", "proposal", "number", "taken_at", "replaced_at")

    @property
    def counts(self) -> bool:
        return self.stance in COUNTING
