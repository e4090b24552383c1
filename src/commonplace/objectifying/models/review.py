"""T16: what was agreed on is looked at again, when its day has come or sooner; two people say what they found."""

from __future__ import annotations

from django.db import models
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Person
from commonplace.consenting.lengths import LONGEST_PART
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.models import Act
from commonplace.ledger.scope import ScopedManager
from commonplace.objectifying.models.agreement import Agreement
from commonplace.objectifying.models.reading import PartQuerySet, ReviewPartQuerySet
from commonplace.objectifying.status import Due, Reviewed

REPORTED = "application.reported"
MOST_DUE, MOST_COMPARED = 10, 100
WHYS = {
    Due.DAY: _("its day has come"),
    Due.FAILURES: _("it failed twice since it was last looked at"),
    Due.SILENCE: _("nobody has reported on it for a year"),
    Due.UNSETTLED: _("a challenge of it was not settled in time"),
}
REVIEWED = {
    Reviewed.REAFFIRMED: _("reaffirmed"),
    Reviewed.REVISED: _("revised"),
    Reviewed.RETIRED: _("retired"),
}


class ReviewQuerySet(PartQuerySet["Review"]):
    def open(self) -> ReviewQuerySet:
        return self.filter(done_at=None)

    def most_used_first(self) -> ReviewQuerySet:
        """So few that a community can do them: MOST_DUE at a time, of the MOST_COMPARED that have waited longest."""
        reports = Act.objects.filter(verb=REPORTED, subject=OuterRef("practice")).everywhere("how often it is used")
        counted = reports.order_by().values("subject").annotate(count=Count("pk")).values("count")
        uses = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
        waited = self.order_by("due_on", "pk").values("pk")[:MOST_COMPARED]
        rows = (
            self.filter(pk__in=waited)
            .annotate(uses=uses)
            .select_related("practice__community", "practice__course", "practice__steward")
        )
        return rows.order_by("-uses", "due_on", "pk")[:MOST_DUE]


class Review(models.Model):
    id = PublicId()
    practice = models.ForeignKey("objectifying.Practice", models.CASCADE, related_name="reviews")
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="reviews")
    due_on = models.DateField()
    why = models.CharField(max_length=12, choices=[(code.value, words) for code, words in WHYS.items()])
    opened_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(
        max_length=12, choices=[(code.value, words) for code, words in REVIEWED.items()], blank=True
    )

    objects = ScopedManager.from_queryset(ReviewQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["due_on"], condition=Q(done_at=None), name="reviews_that_wait")]
        constraints = [
            models.UniqueConstraint(
                fields=["practice"],
                condition=Q(done_at=None),
                name="one_open_review",
                violation_error_message=_("It is being looked at already. Load the page again."),
            )
        ]

    COMMUNITY = "practice__community"
    PERSONAL = ()
    IMPERSONAL = ("id", "practice", "agreement", "due_on", "why", "opened_at", "done_at", "outcome")

    @property
    def subject(self) -> models.Model:
        return self.practice

    @property
    def community(self) -> Community:
        return self.practice.community


class ReviewVoice(models.Model):
    """One person says that it still holds. `reason`: why a failed report asks for no other text."""

    id = PublicId()
    review = models.ForeignKey(Review, models.CASCADE, related_name="voices")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    by_author = models.BooleanField()
    reason = models.TextField(blank=True, max_length=LONGEST_PART)
    said_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(ReviewPartQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "person"],
                name="one_voice_in_a_review",
                violation_error_message=_("You have said already that it holds."),
            )
        ]

    COMMUNITY = "review__practice__community"
    PERSONAL = ("person", "reason")
    IMPERSONAL = ("id", "review", "by_author", "said_at")

    @property
    def subject(self) -> models.Model:
        return self.review.practice
