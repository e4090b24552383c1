"""Practices of several communities that came one out of another. Each is its community's own; this shows the others."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q

from commonplace.ledger.reading import READER, Place, Reading
from commonplace.objectifying.models import Bringing, Looked, Practice, PracticeQuerySet

MOST = 25


def relatives(person: Any, practice: Practice) -> Sequence[Practice]:
    """What it was taken over from, what was taken over from it or from the same; of that what this person may read.

    `bringing` of each that was taken over says from which version.
    """
    original, named = original_of(practice), {"reader": person, "practice": practice.pk}
    if not (original or getattr(practice, "is_taken_over", True)):
        return []
    theirs = ORIGINAL.rows(**named, original=original) if original else []
    return [*theirs, *TAKEN_OVER.rows(**named, original=original or practice.pk)]


def look(person: Any, practice: Practice, relative: Practice) -> None:
    """What is in force there is no news any more to who looks after it here."""
    if person.pk not in (practice.steward_id, practice.begun_by_id):
        return
    seen = Looked(person_id=person.pk, practice=practice, other=relative, number=relative.course.in_force)
    Looked.objects.everywhere("one's own look").bulk_create(
        [seen],
        update_conflicts=True,
        unique_fields=["person", "practice", "other"],
        update_fields=["number", "at"],
    )


def is_taken_over() -> Exists:
    """Of practices: a page that reads one has it from there, and asks no further where there is none."""
    return Exists(Bringing.objects.filter(original=OuterRef("pk")).everywhere("of these the reader's own are read"))


def original_of(practice: Practice) -> str | None:
    whence = getattr(practice, "bringing", None)
    return whence.original_id if whence else None


def _others() -> PracticeQuerySet:
    rows = Practice.objects.visible_to(READER).exclude(pk=Place("practice"))
    return rows.with_course().select_related("community", "bringing")


def _taken_over() -> PracticeQuerySet:
    """Which they are is settled first, by an index."""
    from_these = Bringing.objects.filter(Q(original=Place("practice")) | Q(original=Place("original")))
    ids = from_these.everywhere("of these the reader's own are read").values("practice")
    return _others().filter(pk__in=ids).order_by("pk")[:MOST]


ORIGINAL: Reading[Practice] = Reading(lambda: _others().filter(pk=Place("original")))
TAKEN_OVER: Reading[Practice] = Reading(_taken_over)
