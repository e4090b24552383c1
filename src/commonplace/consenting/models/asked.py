"""Whom a round asks, fixed at its opening; and who has a part in what it decides."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Person
from commonplace.consenting.kinds import PartIn
from commonplace.consenting.models.proposal import InRound, Proposal
from commonplace.consenting.models.reading import RoundPartQuerySet
from commonplace.ledger.ids import LENGTH, PublicId
from commonplace.ledger.scope import ScopedManager

FIXED = _("Whom a round asks was fixed at the same moment. Load the page again.")


class Eligible(InRound):
    """`unit`: the id of the person's at the opening. A role given, a unit changed later change nothing."""

    id = PublicId()
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="asked")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    unit = models.CharField(max_length=LENGTH, blank=True)

    objects = ScopedManager.from_queryset(RoundPartQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="asked_once", violation_error_message=FIXED)
        ]

    PERSONAL = ("person", "unit")
    IMPERSONAL = ("id", "proposal")


class Party(InRound):
    """`number`: the text by which somebody came to have a part; who opened the round has one from the first."""

    id = PublicId()
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="parties")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=[(part.value, part.value) for part in PartIn])
    number = models.PositiveSmallIntegerField()

    objects = ScopedManager.from_queryset(RoundPartQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "person", "part"], name="one_part_of_a_kind", violation_error_message=FIXED
            )
        ]

    PERSONAL = ("person", "part")
    IMPERSONAL = ("id", "proposal", "number")
