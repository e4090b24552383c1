"""What happened: one row an act, append-only, with plain ids so that it outlives what it speaks of."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from commonplace.ledger.ids import LENGTH
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet

HERE = "here"


class ActQuerySet(ScopedQuerySet["Act"]):
    def _visible_to(self, person: Any) -> ActQuerySet:
        return self.filter(Q(actor=person.pk) | Q(recorded_by=person.pk))

    def about(self, subject: models.Model) -> ActQuerySet:
        """The acts on one exchange or practice that the caller already holds: its biography."""
        return self.filter(subject=subject.pk)._in_scope()


def _id(**kwargs: Any) -> models.CharField[str, str]:
    return models.CharField(max_length=LENGTH, blank=True, default="", **kwargs)


class Act(models.Model):
    id = models.BigAutoField(primary_key=True)
    verb = models.CharField(max_length=60)
    actor = _id(db_index=True)
    recorded_by = _id()
    object = _id()
    subject = _id(db_index=True)
    community = _id()
    evidence = models.JSONField(default=dict)
    version = models.PositiveSmallIntegerField(default=1)
    unit_id = _id()
    newcomer = models.BooleanField(null=True)
    experience = models.CharField(max_length=12, blank=True, default="")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    origin = models.CharField(max_length=120, default=HERE)

    objects = ScopedManager.from_queryset(ActQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["community", "verb", "happened_at"], name="act_by_community")]

    PERSONAL = ("actor", "recorded_by", "unit_id", "newcomer", "experience")
    IMPERSONAL = (
        "id",
        "verb",
        "object",
        "subject",
        "community",
        "evidence",
        "version",
        "happened_at",
        "recorded_at",
        "origin",
    )

    def __str__(self) -> str:
        return f"{self.id} {self.verb} {self.subject}"


class Checkpoint(models.Model):
    """How far ledger and rows have been compared: `commonplace check --since last` begins there."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    act = models.BigIntegerField()
    checked_at = models.DateTimeField()

    OUTSIDE_ACTS = "bookkeeping of checks"
    PERSONAL = ()
    IMPERSONAL = ("id", "act", "checked_at")


class Effect(models.Model):
    """A reaction that an act still owes: written with the act, removed when the subscriber has run."""

    act = models.BigIntegerField()
    subscriber = models.CharField(max_length=120)
    tries = models.PositiveSmallIntegerField(default=0)
    owed_since = models.DateTimeField()

    OUTSIDE_ACTS = "bookkeeping of reactions"
    PERSONAL = ()
    IMPERSONAL = ("id", "act", "subscriber", "tries", "owed_since")
