"""What sponsor and community agree that the community is for (Tremblay). Its wording and levels stand on cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property

from commonplace.communities.models import Community, Person
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet

if TYPE_CHECKING:
    from commonplace.steering.models.card import Card


class ObjectiveQuerySet(ScopedQuerySet["Objective"]):
    def _visible_to(self, person: Any) -> ObjectiveQuerySet:
        return self.filter(community__in=Community.objects.overseen_by(person))


class Objective(models.Model):
    id = PublicId()
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    stated_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    stated_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(ObjectiveQuerySet)()

    COMMUNITY = "community"
    PERSONAL = ("stated_by",)
    IMPERSONAL = ("id", "community", "stated_at")

    def __str__(self) -> str:
        return self.latest.statement

    def get_absolute_url(self) -> str:
        return reverse("objective", args=[self.community.slug, self.pk])

    @cached_property
    def numbered(self) -> list[Card]:
        """All cards, the newest first."""
        return sorted(self.cards.all(), key=lambda card: -card.number)

    @property
    def latest(self) -> Card:
        return self.numbered[0]

    @property
    def in_force(self) -> Card | None:
        """The newest card that both sides have signed: the one that is judged."""
        return next((card for card in self.numbered if card.is_signed), None)
