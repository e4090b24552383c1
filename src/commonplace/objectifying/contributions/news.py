"""Practices, each once, at the last that happened to it: written down, or a round on it decided."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, OuterRef, Subquery, Value
from django.utils.translation import gettext as _

from commonplace.communities.contributions import MOST_PIECES, Piece
from commonplace.communities.newest import since
from commonplace.consenting.models import Proposal
from commonplace.ledger.reading import READER, Among, Place, Reading
from commonplace.ledger.replay import BEFORE_ALL
from commonplace.objectifying.models import Practice, PracticeCourse, PracticeQuerySet

LAST = ("outcome", "matter", "choice", "about", "number")


def _moved() -> PracticeQuerySet:
    communities, before = Among("communities"), Place("before", DateTimeField())
    past = PracticeCourse.objects.everywhere("where the newest begin").filter(moved_at__lt=before)
    first = since(communities, past, "moved_at", Value(BEFORE_ALL), MOST_PIECES)
    here = {"course__community__in": communities, "course__moved_at__lt": before, "course__moved_at__gte": first}
    rows = _with_last_round(Practice.objects.visible_to(READER).filter(**here))
    return rows.order_by("-course__moved_at").select_related("community", "course", "begun_by")[:MOST_PIECES]


MOVED: Reading[Any] = Reading(_moved)


def moved(person: Any, communities: Sequence[str], before: datetime) -> Iterator[Piece]:
    for practice in MOVED.rows(reader=person, communities=communities, before=before):
        yield Piece(
            "obj", _what(practice), practice.title,
            practice.get_absolute_url(), practice.community.title,
            None if practice.outcome else practice.begun_by, practice.course.moved_at, practice.community.language,
        )  # fmt: skip


def _what(practice: Any) -> str:
    """In the words of what was decided. The rule did: nobody stands beside it."""
    if not practice.outcome:
        return _("Brought in") if practice.course.brought else _("Written down")
    words = {name: getattr(practice, name) for name in LAST}
    return Proposal(**words).ended


def _with_last_round(practices: PracticeQuerySet) -> PracticeQuerySet:
    over = Proposal.objects.filter(subject_id=OuterRef("pk")).exclude(decided_at=None).order_by("-decided_at", "-pk")
    over = over.everywhere("who sees a practice sees how its rounds ended")
    return practices.annotate(**{name: Subquery(over.values(name)[:1]) for name in LAST})
