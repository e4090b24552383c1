"""Practices, each once, at the last that happened to it: written down, or a round on it decided."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, cast

from django.db.models import DateTimeField, Subquery, Value
from django.utils.translation import gettext_lazy as _

from commonplace.communities.contributions import MOST_PIECES, Piece
from commonplace.communities.models import Person
from commonplace.communities.newest import since
from commonplace.ledger.reading import READER, Among, Place, Reading
from commonplace.ledger.replay import BEFORE_ALL
from commonplace.objectifying.models import Practice, PracticeCourse, PracticeQuerySet, Proposal
from commonplace.objectifying.models.proposal import OUTCOMES


def _moved() -> PracticeQuerySet:
    communities, before = Among("communities"), Place("before", DateTimeField())
    past = PracticeCourse.objects.everywhere("where the newest begin").filter(moved_at__lt=before)
    first = since(communities, past, "moved_at", Value(BEFORE_ALL), MOST_PIECES)
    here = {"course__community__in": communities, "course__moved_at__lt": before, "course__moved_at__gte": first}
    rows = _with_last_round(Practice.objects.visible_to(READER).filter(**here))
    return rows.order_by("-course__moved_at").select_related("community", "course", "distilled_by")[:MOST_PIECES]


MOVED: Reading[Any] = Reading(_moved)


def moved(person: Any, communities: Sequence[str], before: datetime) -> Iterator[Piece]:
    for practice in MOVED.rows(reader=person, communities=communities, before=before):
        yield Piece(
            "obj", OUTCOMES[practice.outcome] if practice.outcome else _("Written down"), practice.title,
            practice.get_absolute_url(), practice.community.title,
            _who(practice), practice.course.moved_at, practice.community.language,
        )  # fmt: skip


def _who(practice: Any) -> Person:
    """Who decided last, else who wrote it down."""
    if practice.outcome:
        return Person(name=practice.decider, namesake=practice.decider_number, is_bot=practice.decider_is_bot)
    return cast(Person, practice.distilled_by)


def _with_last_round(practices: PracticeQuerySet) -> PracticeQuerySet:
    decided = Proposal.objects.decided_on_it()
    decider = {"decider": "name", "decider_number": "namesake", "decider_is_bot": "is_bot"}
    last = {"outcome": "outcome"} | {name: f"decided_by__{column}" for name, column in decider.items()}
    return practices.annotate(**{name: Subquery(decided.values(column)[:1]) for name, column in last.items()})
