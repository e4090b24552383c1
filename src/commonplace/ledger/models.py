"""What happened: one row an act, append-only, with plain ids so that it outlives what it is about; and what is due."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Q

from commonplace.ledger import clock
from commonplace.ledger.ids import LENGTH
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet

HERE = "here"
TURN = """
INSERT INTO ledger_mark AS mark (key, last, turn, at) VALUES (%s, %s, 0, %s) ON CONFLICT (key) DO UPDATE SET
turn = mark.turn + CASE WHEN mark.last = excluded.last THEN 0 ELSE 1 END, last = excluded.last, at = excluded.at
RETURNING turn
"""


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
    subject = _id()
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
        indexes = [
            models.Index(fields=["community", "verb", "happened_at"], name="act_by_community"),
            models.Index(fields=["subject", "verb"], name="act_by_subject"),
        ]

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


CLAIM = """
UPDATE ledger_job SET tries = CASE WHEN tries < 32767 THEN tries + 1 ELSE tries END, due_at = %s WHERE id = (
    SELECT id FROM ledger_job WHERE given_up_at IS NULL AND due_at <= %s ORDER BY due_at LIMIT 1 {lock}
) RETURNING *"""


class JobQuerySet(models.QuerySet["Job"]):
    def waiting(self) -> JobQuerySet:
        return self.filter(given_up_at=None)

    def due(self) -> JobQuerySet:
        return self.waiting().filter(due_at__lte=clock.now())

    def given_up(self) -> JobQuerySet:
        return self.filter(given_up_at__isnull=False)

    def held(self, job: Job) -> JobQuerySet:
        """The row, if it is still as `job` claimed it; nothing once somebody else has."""
        return self.waiting().filter(pk=job.pk, due_at=job.due_at)

    def claim(self, until: datetime) -> Job | None:
        """The job that is due longest, out of everybody else's sight until that moment; its try is counted already."""
        lock = "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
        return next(iter(list(self.raw(CLAIM.format(lock=lock), [until, clock.now()]))), None)


class Job(models.Model):
    """Work to do: written with what asks for it, removed with what it does. `due_at` is also where a lease ends."""

    name = models.CharField(max_length=80)
    args = models.JSONField(default=dict)
    key = models.CharField(max_length=120, null=True, unique=True)
    due_at = models.DateTimeField(default=clock.now)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    given_up_at = models.DateTimeField(null=True)

    objects = models.Manager.from_queryset(JobQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(given_up_at=None), name="job_waiting"),
            models.Index(fields=["given_up_at"], condition=Q(given_up_at__isnull=False), name="job_given_up"),
        ]

    OUTSIDE_ACTS = "bookkeeping of what is still to be done; what it does is done by acts, or derived from them"
    PERSONAL = ()
    IMPERSONAL = ("id", "name", "args", "key", "due_at", "tries", "error", "given_up_at")

    def __str__(self) -> str:
        return f"{self.pk} {self.name}"


class MarkManager(models.Manager["Mark"]):
    def turn(self, key: str, last: str) -> int:
        """How often, by now, another form than the one before was sent under this mark. One statement, for whom
        else sends at the moment."""
        with connection.cursor() as cursor:
            cursor.execute(TURN, [key, last, connection.ops.adapt_datetimefield_value(clock.now())])
            return int(cursor.fetchone()[0])


class Mark(models.Model):
    """The mark of a page's forms, under a digest, for a day. `last`: which of them was sent last, and `turn`."""

    key = models.CharField(max_length=64, primary_key=True)
    last = models.CharField(max_length=64)
    turn = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(db_index=True)

    objects = MarkManager()

    OUTSIDE_ACTS = "bookkeeping of forms, so that none is carried out twice"
    PERSONAL = ()
    IMPERSONAL = ("key", "last", "turn", "at")


class Sending(models.Model):
    """What came of a form: a row, or the address where it led; under a digest of who sent what, for a day."""

    key = models.CharField(max_length=64, primary_key=True)
    model = models.CharField(max_length=80, blank=True)
    made = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField(default=clock.now, db_index=True)

    OUTSIDE_ACTS = "bookkeeping of forms, so that none is carried out twice"
    PERSONAL = ()
    IMPERSONAL = ("key", "model", "made", "at")

    def what(self) -> models.Model | None:
        """The row, if it is still there."""
        return apps.get_model(self.model)._base_manager.filter(pk=self.made).first() if self.model else None
