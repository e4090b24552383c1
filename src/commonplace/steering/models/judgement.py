"""Both sides sign a card before the start, and judge it at reviews. The two judgements stand side by side."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Person
from commonplace.communities.wording import LONGEST
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet
from commonplace.steering.models.card import LEVELS, Card
from commonplace.steering.models.objective import Objective


class Side(models.TextChoices):
    SPONSOR = "sponsor", _("Sponsor")
    COMMUNITY = "community", _("Community")


class _OnCard(models.Model):
    id = PublicId()
    side = models.CharField(max_length=10, choices=Side.choices)
    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta:
        abstract = True

    COMMUNITY = "card__objective__community"
    card: Card

    @property
    def subject(self) -> Objective:
        return self.card.objective

    @property
    def community(self) -> Community:
        return self.card.objective.community


class Signature(_OnCard):
    """A sponsor's by a person; the community's by the proposal through which it consented."""

    card = models.ForeignKey(Card, models.CASCADE, related_name="signatures")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    proposal = models.CharField(max_length=26, blank=True)
    signed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["card", "side"],
                name="one_signature_of_a_side",
                violation_error_message=_("This side has signed already."),
            )
        ]

    PERSONAL = ("person",)
    IMPERSONAL = ("id", "side", "card", "proposal", "signed_at")


class Judgement(_OnCard):
    card = models.ForeignKey(Card, models.CASCADE, related_name="judgements")
    level = models.SmallIntegerField(choices=list(LEVELS.items()))
    words = models.TextField(max_length=LONGEST)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__gte=min(LEVELS), level__lte=max(LEVELS)),
                name="level_on_the_scale",
                violation_error_message=_("Choose one of the card's five levels."),
            )
        ]

    PERSONAL = ("person", "words")
    IMPERSONAL = ("id", "side", "card", "level", "judged_at")
