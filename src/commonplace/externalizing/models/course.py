"""How each exchange stands: a row beside it, written with every act on it (`externalizing/course.py`)."""

from __future__ import annotations

from typing import Any

from django.db import models

from commonplace.communities.models import Community, Person
from commonplace.communities.models.footing import readable
from commonplace.externalizing.models.kinds import IN_ITS_ARCHIVE, Status
from commonplace.ledger.ids import LENGTH
from commonplace.ledger.scope import ScopedManager, ScopedOneToOneField, ScopedQuerySet

# Django spells `over=False` as NOT over, and `over=True` as over: SQLite finds no index by that.
NOT_YET, OVER = [False], [True]


class ExchangeCourseQuerySet(ScopedQuerySet["ExchangeCourse"]):
    def _visible_to(self, person: Any) -> ExchangeCourseQuerySet:
        return self.filter(readable(person, "community"))


class ExchangeCourse(models.Model):
    exchange = ScopedOneToOneField("Exchange", models.CASCADE, primary_key=True, related_name="course")
    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    opener = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    status = models.CharField(max_length=10, choices=Status.choices)
    over = models.BooleanField()
    answers = models.PositiveIntegerField()
    comments = models.PositiveIntegerField()
    newest = models.CharField(max_length=LENGTH, blank=True)
    helped = models.CharField(max_length=LENGTH, blank=True)

    objects = ScopedManager.from_queryset(ExchangeCourseQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["community", "exchange"], name="exchanges_newest_first"),
            models.Index(fields=["community", "status", "over", "exchange"], name="exchanges_by_status"),
            models.Index(fields=["community", "over", "exchange"], name="exchanges_unfinished"),
            models.Index(fields=["opener", "over", "exchange"], name="exchanges_of_their_opener"),
        ]

    COMMUNITY = "community"
    PERSONAL = ("opener",)
    IMPERSONAL = ("exchange", "community", "status", "over", "answers", "comments", "newest", "helped")

    @property
    def words(self) -> str:
        """How it stands; of an archive that nobody took up, how it ended there."""
        status = Status(self.status)
        return str((self.over and IN_ITS_ARCHIVE.get(status)) or status.label)

    @property
    def responses(self) -> int:
        return self.answers + self.comments

    @property
    def subject(self) -> models.Model:
        return self.exchange
