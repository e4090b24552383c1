"""What one person says in a round, of whichever kind: where they stand, why, and from which unit."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Person
from commonplace.ledger import clock
from commonplace.ledger.ids import LENGTH, PublicId
from commonplace.objectifying.consent import COUNTING, Stand
from commonplace.objectifying.lengths import LONGEST_PART

STANDS = {
    Stand.CONSENT: _("Consent"),
    Stand.CONCERN: _("Consent, with a concern"),
    Stand.ASIDE: _("Stand aside"),
    Stand.OBJECT: _("Object"),
}


class Voice(models.Model):
    """`unit` is the id of the person's at that time. One that was replaced stays as history."""

    id = PublicId()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    stance = models.CharField(max_length=8, choices=[(code.value, words) for code, words in STANDS.items()])
    reason = models.TextField(blank=True, max_length=LONGEST_PART)
    unit = models.CharField(max_length=LENGTH, blank=True)
    taken_at = models.DateTimeField(default=clock.now)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    PERSONAL = ("person", "stance", "reason", "unit")

    @property
    def counts(self) -> bool:
        return self.stance in COUNTING
