"""How each practice stands: a row beside it, written with every act on it (`objectifying/course.py`)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community
from commonplace.communities.models.footing import readable
from commonplace.ledger.scope import ScopedManager, ScopedOneToOneField, ScopedQuerySet
from commonplace.objectifying.models.proposal import MATTERS
from commonplace.objectifying.status import Status

STATUSES = {
    Status.EXTERNALIZED: _("written down in part"),
    Status.CANDIDATE: _("candidate"),
    Status.PROPOSED: _("being agreed"),
    Status.ACCEPTED: _("accepted"),
    Status.CONTESTED: _("challenged"),
    Status.UNDER_REVISION: _("under revision"),
    Status.NOT_ACCEPTED: _("tried, not accepted"),
    Status.RETIRED: _("retired"),
}


class PracticeCourseQuerySet(ScopedQuerySet["PracticeCourse"]):
    def _visible_to(self, person: Any) -> PracticeCourseQuerySet:
        return self.filter(readable(person, "community"))


class PracticeCourse(models.Model):
    """Numbers are of versions, 0 is none. `matter`: what the open round is about, or ""; `on`: its version.

    `moved_at`: when it was written down, or a round on it decided.
    """

    practice = ScopedOneToOneField("Practice", models.CASCADE, primary_key=True, related_name="course")
    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    status = models.CharField(max_length=16, choices=[(code.value, words) for code, words in STATUSES.items()])
    latest = models.PositiveSmallIntegerField()
    complete = models.BooleanField()
    matter = models.CharField(
        max_length=12, choices=[(code.value, words) for code, words in MATTERS.items()], blank=True
    )
    on = models.PositiveSmallIntegerField()
    agreed = models.PositiveSmallIntegerField()
    once_agreed = models.BooleanField()
    refused = models.PositiveSmallIntegerField()
    challenges = models.PositiveIntegerField()
    retired = models.BooleanField()
    moved_at = models.DateTimeField(null=True)

    objects = ScopedManager.from_queryset(PracticeCourseQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["community", "status", "practice"], name="practices_by_status"),
            models.Index(fields=["community", "matter", "practice"], name="practices_in_a_round"),
            models.Index(fields=["community", "moved_at"], name="practices_last_moved"),
        ]

    COMMUNITY = "community"
    PERSONAL = ()
    IMPERSONAL = (
        "practice", "community", "status", "latest", "complete", "matter", "on", "agreed", "once_agreed", "refused",
        "challenges", "retired", "moved_at",
    )  # fmt: skip

    @property
    def subject(self) -> models.Model:
        return self.practice


def agreed() -> dict[str, Any]:
    """Of practices: the agreement in force, or None."""
    names = {"agreed_since": "since", "review_on": "review_on"}
    in_force = FilteredRelation("agreements", condition=Q(agreements__ended_at=None))
    return {"agreement": in_force} | {name: F(f"agreement__{column}") for name, column in names.items()}


def open_round() -> dict[str, Any]:
    """Of practices: the open round, or None."""
    names = {"round": "pk", "round_closes_at": "closes_at"}
    running = FilteredRelation("proposals", condition=Q(proposals__decided_at=None))
    return {"running": running} | {name: F(f"running__{column}") for name, column in names.items()}
