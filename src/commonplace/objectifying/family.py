"""Practices of several communities that came one out of another. Each is its community's own; this shows the others."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q

from commonplace.ledger.reading import READER, Place, Reading
from commonplace.objectifying.models import Practice, PracticeQuerySet

MOST = 25


def relatives(person: Any, practice: Practice) -> Sequence[Practice]:
    """What it was taken over from, what was taken over from it or from the same; of that what this person may read.

    `bringing` of each that was taken over says from which version.
    """
    return FAMILY.rows(reader=person, practice=practice.pk, original=original_of(practice) or practice.pk)


def original_of(practice: Practice) -> str | None:
    whence = getattr(practice, "bringing", None)
    return whence.original_id if whence else None


def moved_on(practice: Practice, relatives: Sequence[Practice]) -> Practice | None:
    """What it was taken over from, where people there read another version by now."""
    whence = getattr(practice, "bringing", None)
    theirs = next((one for one in relatives if whence and one.pk == whence.original_id), None)
    return theirs if theirs and theirs.course.to_read != whence.original_number else None


def _family() -> PracticeQuerySet:
    came = Q(bringing__original=Place("practice")) | Q(bringing__original=Place("original"))
    rows = Practice.objects.visible_to(READER).filter(came | Q(pk=Place("original"))).exclude(pk=Place("practice"))
    rows = rows.select_related("community", "course", "bringing").order_by(F("begun_at"), "pk")
    return rows[:MOST]


FAMILY: Reading[Practice] = Reading(_family)
