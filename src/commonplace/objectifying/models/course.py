"""How each practice stands: a row beside it, written with every act on it (`objectifying/course.py`)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community
from commonplace.communities.models.footing import readable
from commonplace.consenting.models import Proposal
from commonplace.ledger.scope import ScopedManager, ScopedOneToOneField, ScopedQuerySet
from commonplace.objectifying.status import Origin, Status

STATUSES = {
    Status.EXTERNALIZED: _("written down in part"),
    Status.CANDIDATE: _("candidate"),
    Status.BROUGHT: _("brought in"),
    Status.PROPOSED: _("being agreed"),
    Status.ACCEPTED: _("accepted"),
    Status.CONTESTED: _("challenged"),
    Status.UNDER_REVISION: _("under revision"),
    Status.NOT_ACCEPTED: _("tried, not accepted"),
    Status.SET_ASIDE: _("set aside"),
    Status.REPLACED: _("replaced"),
    Status.RETIRED: _("retired"),
}
ORIGINS = {
    Origin.WRITTEN: _("written down here"),
    Origin.BROUGHT: _("brought in"),
    Origin.TAKEN_OVER: _("taken over"),
}


class PracticeCourseQuerySet(ScopedQuerySet["PracticeCourse"]):
    def _visible_to(self, person: Any) -> PracticeCourseQuerySet:
        return self.filter(readable(person, "community"))


class PracticeCourse(models.Model):
    """Numbers are of versions, 0 is none. `rounds`: those that are open; `on`: the version that one is to accept.

    `brought`: in force by another authority; `last_agreed`: what people read while nothing is agreed. `moved_at`:
    written down, or a round on it decided.
    """

    practice = ScopedOneToOneField("Practice", models.CASCADE, primary_key=True, related_name="course")
    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    origin = models.CharField(max_length=10, choices=[(code.value, words) for code, words in ORIGINS.items()])
    status = models.CharField(max_length=16, choices=[(code.value, words) for code, words in STATUSES.items()])
    latest = models.PositiveSmallIntegerField()
    complete = models.BooleanField()
    rounds = models.PositiveSmallIntegerField()
    on = models.PositiveSmallIntegerField()
    agreed = models.PositiveSmallIntegerField()
    last_agreed = models.PositiveSmallIntegerField()
    brought = models.PositiveSmallIntegerField()
    refused = models.PositiveSmallIntegerField()
    challenges = models.PositiveIntegerField()
    retired = models.BooleanField()
    replaced = models.BooleanField()
    set_aside = models.BooleanField()
    moved_at = models.DateTimeField(null=True)

    objects = ScopedManager.from_queryset(PracticeCourseQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["community", "status", "practice"], name="practices_by_status"),
            models.Index(fields=["community", "origin", "practice"], name="practices_by_origin"),
            models.Index(fields=["community", "origin", "status", "practice"], name="practices_by_origin_status"),
            models.Index(fields=["community", "rounds", "practice"], name="practices_in_a_round"),
            models.Index(fields=["community", "moved_at"], name="practices_last_moved"),
        ]

    COMMUNITY = "community"
    PERSONAL = ()
    IMPERSONAL = (
        "practice", "community", "origin", "status", "latest", "complete", "rounds", "on", "agreed", "last_agreed",
        "brought", "refused", "challenges", "retired", "replaced", "set_aside", "moved_at",
    )  # fmt: skip

    @property
    def subject(self) -> models.Model:
        return self.practice

    @property
    def in_force(self) -> int:
        """By consent, or else by another authority."""
        return int(self.agreed or self.brought)

    @property
    def to_read(self) -> int:
        """What was agreed on last, in force or not; else what was brought in; else the newest."""
        return int(self.last_agreed or self.brought or self.latest)


def agreed() -> dict[str, Any]:
    """Of practices: the agreement in force, or None."""
    names = {"agreed_since": "since", "review_on": "review_on"}
    in_force = FilteredRelation("agreements", condition=Q(agreements__ended_at=None))
    return {"agreement": in_force} | {name: F(f"agreement__{column}") for name, column in names.items()}


def open_round() -> dict[str, Any]:
    """Of practices: the open round, of several the last; or None."""
    rounds = Proposal._base_manager.filter(subject_id=OuterRef("pk"), decided_at=None).order_by("-opened_at")
    names = {"round": "pk", "round_matter": "matter", "round_closes_at": "closes_at"}
    return {name: Subquery(rounds.values(column)[:1]) for name, column in names.items()}
