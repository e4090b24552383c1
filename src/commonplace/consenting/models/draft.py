"""Another rule for a community, as somebody drafted it: what a round on the charter is about."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Charter, Community, Person, Visibility
from commonplace.communities.models.charter import RULE
from commonplace.communities.models.footing import where
from commonplace.communities.policy import belongs
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet


class DraftQuerySet(ScopedQuerySet["Draft"]):
    def _visible_to(self, person: Any) -> DraftQuerySet:
        return self.filter(where(belongs, person, "community"))


class Draft(models.Model):
    """Days are whole days; `quorum` None: the rule of theory §2.7 gives it. Never edited: a change is another draft.
    `base`, `base_visibility`: what was in force when it was drafted: it changes what it says otherwise than these."""

    id = PublicId()
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)
    round_days = models.PositiveSmallIntegerField()
    refusal_days = models.PositiveSmallIntegerField()
    review_days = models.PositiveSmallIntegerField()
    hidden_stances = models.BooleanField(default=False)
    letters_quote = models.BooleanField(default=False)
    visibility = models.CharField(max_length=10, choices=Visibility.choices)
    base = models.ForeignKey(Charter, models.PROTECT, related_name="+")
    base_visibility = models.CharField(max_length=10, choices=Visibility.choices)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(DraftQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "number"],
                name="one_draft_of_a_number",
                violation_error_message=_("Somebody drafted another rule at the same moment. Load the page again."),
            )
        ]

    COMMUNITY = "community"
    PERSONAL = ("drafted_by",)
    IMPERSONAL = ("id", "community", "number", *RULE, "visibility", "base", "base_visibility", "drafted_at")

    @property
    def subject(self) -> Community:
        return self.community

    def rule(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in RULE}

    def values(self) -> dict[str, Any]:
        return {**self.rule(), "visibility": self.visibility}

    def before(self) -> dict[str, Any]:
        return {**self.base.rule(), "visibility": self.base_visibility}

    def changes(self) -> dict[str, Any]:
        """What it says otherwise than what was in force when it was drafted."""
        before = self.before()
        return {name: value for name, value in self.values().items() if value != before[name]}
