"""How often somebody has tried something, in the present span of time. One statement counts, whoever else does."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta
from typing import Any

from django.db import OperationalError, connection, models

from commonplace.ledger import clock

COUNT = """
INSERT INTO communities_tries (key, count, until) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET count = communities_tries.count + 1 RETURNING count
"""


class TriesQuerySet(models.QuerySet["Tries"]):
    def counted(self, key: str, seconds: int, *, patient: bool) -> int:
        """This one included. Who only reads does not wait for whoever writes, and is then not counted."""
        until = clock.now() + timedelta(seconds=seconds)
        try:
            with _waiting(patient), connection.cursor() as cursor:
                cursor.execute(COUNT, [key, connection.ops.adapt_datetimefield_value(until)])
                return int(cursor.fetchone()[0])
        except OperationalError:
            if patient:
                raise
            return 0

    def over(self) -> TriesQuerySet:
        return self.filter(until__lt=clock.now())


class Tries(models.Model):
    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    objects = TriesQuerySet.as_manager()

    OUTSIDE_ACTS = "counted also of who is nobody here, and before any act"
    PERSONAL = ()
    IMPERSONAL = ("key", "count", "until")


class Passing(models.Model):
    """The table of Django's cache in the database, where the sign-in library counts: shared by all processes."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    OUTSIDE_ACTS = "written by the sign-in library"
    PERSONAL = ()
    IMPERSONAL = ("cache_key", "value", "expires")


def _waiting(patient: bool) -> Any:
    """PostgreSQL lets readers and writers pass."""
    return nullcontext() if patient or connection.vendor != "sqlite" else connection.waiting_at_most(READER)  # type: ignore[attr-defined]


READER = 0.02
