"""Practices, each once, at the last that happened to it: written down, or a round on it decided."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, cast

from django.db.models import DateTimeField, OuterRef, Subquery, Value
from django.utils.translation import gettext_lazy as _

from commonplace.communities.contributions import MOST_PIECES, Piece
from commonplace.communities.models import Person
from commonplace.communities.newest import since
from commonplace.consenting.models import OUTCOMES, Proposal
from commonplace.ledger.reading import READER, Among, Place, Reading
from commonplace.ledger.replay import BEFORE_ALL
from commonplace.objectifying.models import Practice, PracticeCourse, PracticeQuerySet


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
    """Who proposed what was decided last, for the rule decides; else who wrote it down."""
    if practice.outcome:
        return Person(name=practice.opener, namesake=practice.opener_number, is_bot=practice.opener_is_bot)
    return cast(Person, practice.distilled_by)


def _with_last_round(practices: PracticeQuerySet) -> PracticeQuerySet:
    over = Proposal.objects.filter(subject_id=OuterRef("pk")).exclude(decided_at=None).order_by("-decided_at")
    over = over.everywhere("who sees a practice sees how its rounds ended")
    opener = {"opener": "name", "opener_number": "namesake", "opener_is_bot": "is_bot"}
    last = {"outcome": "outcome"} | {name: f"opened_by__{column}" for name, column in opener.items()}
    return practices.annotate(**{name: Subquery(over.values(column)[:1]) for name, column in last.items()})
