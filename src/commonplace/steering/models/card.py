"""An objective's card: goal attainment scaling after Kiresuk and Sherman. The levels are fixed before the start."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Person
from commonplace.communities.wording import LONGEST
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet
from commonplace.steering.models.objective import Objective

LEVELS = {
    -2: _("much less than expected"),
    -1: _("less than expected"),
    0: _("as expected"),
    1: _("more than expected"),
    2: _("much more than expected"),
}
MOST_OFTEN, LEAST_OFTEN = 7, 366


class Card(models.Model):
    """Never edited: a change is a card with the next number, to be signed anew. `metrics` are ids of theory §5."""

    id = PublicId()
    objective = models.ForeignKey(Objective, models.CASCADE, related_name="cards")
    number = models.PositiveSmallIntegerField()
    statement = models.CharField(max_length=200)
    why = models.TextField(max_length=LONGEST)
    beneficiary = models.CharField(max_length=200)
    horizon = models.DateField()
    baseline = models.TextField(max_length=LONGEST)
    much_less = models.CharField(max_length=200)
    less = models.CharField(max_length=200)
    expected = models.CharField(max_length=200)
    more = models.CharField(max_length=200)
    much_more = models.CharField(max_length=200)
    metrics = models.JSONField(default=list, blank=True)
    review_days = models.PositiveSmallIntegerField(default=91)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["objective", "number"],
                name="one_card_of_a_number",
                violation_error_message=_("Somebody has written a newer version of this card. Read it first."),
            ),
            models.CheckConstraint(
                condition=Q(review_days__gte=MOST_OFTEN, review_days__lte=LEAST_OFTEN),
                name="reviewed_within_a_year",
                violation_error_message=_("Review it after a week at the soonest, and within a year."),
            ),
        ]

    WORDS = (
        *("statement", "why", "beneficiary", "baseline"),
        *("much_less", "less", "expected", "more", "much_more"),
    )
    WORDING = (*WORDS, "horizon", "metrics", "review_days")
    COMMUNITY = "objective__community"
    PERSONAL = ("written_by",)
    IMPERSONAL = ("id", "objective", "number", "written_at", *WORDING)

    def __str__(self) -> str:
        return self.statement

    @property
    def subject(self) -> Objective:
        return self.objective

    @property
    def community(self) -> Community:
        return self.objective.community

    @property
    def levels(self) -> list[tuple[int, str]]:
        """From much less (-2) to much more (+2) than expected, in the words of the card."""
        return list(zip(LEVELS, (self.much_less, self.less, self.expected, self.more, self.much_more), strict=True))

    @cached_property
    def sides(self) -> set[str]:
        """Who has signed."""
        return {signature.side for signature in self.signatures.all()}

    @property
    def is_newest(self) -> bool:
        return self.number == self.objective.latest.number

    @property
    def is_signed(self) -> bool:
        return len(self.sides) == 2
