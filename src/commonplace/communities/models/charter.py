"""What a community agreed on about itself. A change is a new row; the old one stays readable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from commonplace.communities.models.person import Person
from commonplace.communities.wording import LONGEST
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet

if TYPE_CHECKING:
    from commonplace.communities.models.community import Community

RULE = ("quorum", "round_days", "refusal_days", "review_days", "hidden_stances", "letters_quote")
WORDS = ("domain", "purpose", "norms")
TERMS = (*WORDS, *RULE)
BOUNDS = {"quorum": (2, 10_000), "round_days": (3, 90), "refusal_days": (1, 60), "review_days": (30, 3650)}


class Charter(models.Model):
    """Days are whole days. `set_by` None: by a round. `quorum` is the community's own number; without one the rule of
    theory §2.7 gives it. `letters_quote`: of what is not open, too."""

    id = PublicId()
    community = models.ForeignKey("communities.Community", models.CASCADE, related_name="charters")
    domain = models.TextField(blank=True, max_length=LONGEST)
    purpose = models.TextField(blank=True, max_length=LONGEST)
    norms = models.TextField(blank=True, max_length=LONGEST)
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)
    round_days = models.PositiveSmallIntegerField(default=14)
    refusal_days = models.PositiveSmallIntegerField(default=7)
    review_days = models.PositiveSmallIntegerField(default=365)
    hidden_stances = models.BooleanField(default=False)
    letters_quote = models.BooleanField(default=False)
    set_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    COMMUNITY = "community"
    PERSONAL = ("set_by",)
    IMPERSONAL = ("id", "community", *TERMS, "set_at")

    @property
    def subject(self) -> Community:
        return self.community

    def terms(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in TERMS}

    def rule(self) -> dict[str, Any]:
        """What of it is no typed text: the ledger keeps it."""
        return {name: getattr(self, name) for name in RULE}

    def changed_from(self, earlier: Charter) -> list[str]:
        """The names of the terms that read otherwise than in `earlier`."""
        return [name for name in TERMS if getattr(self, name) != getattr(earlier, name)]
