"""Practices, each once, at the last that happened to it: written down, a round on it decided, a minor edit over."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from django.db.models import DateTimeField, OuterRef, Subquery, Value
from django.utils.translation import gettext as _

from commonplace.communities.contributions import MOST_PIECES, Piece
from commonplace.communities.lately import Told
from commonplace.communities.newest import since
from commonplace.communities.saying import first_words, line_of
from commonplace.consenting.kinds import Kind, Outcome
from commonplace.consenting.models import Proposal
from commonplace.consenting.presenting.grouped import ends, together
from commonplace.ledger.reading import READER, Among, Place, Reading
from commonplace.ledger.replay import BEFORE_ALL
from commonplace.objectifying.models import MinorEdit, Practice, PracticeCourse, PracticeQuerySet, Version
from commonplace.objectifying.status import MinorEnd

WHY = "who sees a practice sees what became of it"
LAST = ("outcome", "matter", "choice", "about", "number", "list")


def _moved() -> PracticeQuerySet:
    communities, before = Among("communities"), Place("before", DateTimeField())
    past = PracticeCourse.objects.everywhere("where the newest begin").filter(moved_at__lt=before)
    first = since(communities, past, "moved_at", Value(BEFORE_ALL), MOST_PIECES)
    here = {"course__community__in": communities, "course__moved_at__lt": before, "course__moved_at__gte": first}
    rows = _with_last_edit(_with_last_round(_with_text(Practice.objects.visible_to(READER).filter(**here))))
    return rows.order_by("-course__moved_at").select_related("community", "course", "begun_by")[:MOST_PIECES]


MOVED: Reading[Any] = Reading(_moved)


def last_moved() -> Told:
    return [(PracticeCourse.objects.everywhere("when the last did"), "moved_at", "")]


def moved(person: Any, communities: Sequence[str], before: datetime) -> Iterator[Piece]:
    groups = _told_once(person, communities, before)
    size_of = ends(same[0].list for same in groups if len(same) > 1)
    for same in groups:
        yield _piece(same[0]) if len(same) == 1 else _pieces(same, size_of[_ended_in(same[0])])


def _told_once(person: Any, communities: Sequence[str], before: datetime) -> list[list[Any]]:
    """What was decided in one list hides nothing that is older: then more is read."""
    rows: list[Any] = []
    while True:
        more = MOVED.rows(reader=person, communities=communities, before=before)
        rows += more
        groups = together(rows, _ended_in)
        if len(more) < MOST_PIECES or len(groups) >= MOST_PIECES:
            return groups[:MOST_PIECES]
        before = more[-1].course.moved_at


def _piece(practice: Any) -> Piece:
    return Piece(
        "obj", _what(practice), practice.title,
        practice.get_absolute_url(), practice.community.title,
        _who(practice), practice.course.moved_at, practice.community.language, line_of(practice.begins or ""),
    )  # fmt: skip


def _pieces(practices: Sequence[Any], size: int) -> Piece:
    """Of one list, ended alike: told once, with how many of it ended so."""
    first, here = practices[0], practices[0].community
    title = _("%(title)s and %(n)s more") % {"title": first.title, "n": size - 1}
    at = Proposal(community=here, list=first.list).get_list_url()
    return Piece("obj", _what(first), title, at, here.title, None, first.course.moved_at, here.language)


def _ended_in(practice: Any) -> Any:
    """The list that it was decided in, and how that ended, if it was the last that happened to it."""
    is_last = practice.list and _last(practice)[1] is _decided
    return (practice.list, practice.outcome) if is_last else None


def _who(practice: Any) -> Any:
    """Whoever wrote it down, and nobody beside what came later."""
    later = (practice.ended_at, practice.edit_ended_at, practice.edit_put_at)
    return None if any(later) else practice.begun_by


def _what(practice: Any) -> str:
    """In the words of what was decided. The rule did: nobody stands beside it."""
    return _last(practice)[1](practice)


def _last(practice: Any) -> tuple[Any, Callable[[Any], str]]:
    ends = ((practice.ended_at, _decided), (practice.edit_ended_at, _edit_over), (practice.edit_put_at, _edit_put))
    happened = [(at, words) for at, words in ends if at]
    return max(happened, key=itemgetter(0)) if happened else (None, _began)


def _began(practice: Any) -> str:
    return _("Brought in") if practice.course.brought else _("Written down")


def _decided(practice: Any) -> str:
    return Proposal(**{name: getattr(practice, name) for name in LAST}).ended


def _edit_over(practice: Any) -> str:
    agreed = practice.edit_outcome == MinorEnd.AGREED
    return _("A minor edit holds") if agreed else _("A minor edit was taken back")


def _edit_put(practice: Any) -> str:
    return _("A minor edit became a round")


def _with_text(practices: PracticeQuerySet) -> PracticeQuerySet:
    """How it begins to say what is done."""
    text = Version.objects.filter(practice=OuterRef("pk")).shown().everywhere(WHY)
    return practices.annotate(begins=Subquery(text.values(begins=first_words("how_html"))[:1]))


def _with_last_round(practices: PracticeQuerySet) -> PracticeQuerySet:
    over = (
        Proposal.objects.filter(subject_id=OuterRef("pk")).exclude(decided_at=None).exclude(outcome=Outcome.WITHDRAWN)
    )
    over = over.order_by("-decided_at", "-pk").everywhere(WHY)
    last = {"ended_at": "decided_at"} | {name: name for name in LAST}
    return practices.annotate(**{name: Subquery(over.values(column)[:1]) for name, column in last.items()})


def _with_last_edit(practices: PracticeQuerySet) -> PracticeQuerySet:
    """When one was over, and when one was put to consent, which is another way to be over."""
    edits = MinorEdit.objects.filter(practice=OuterRef("pk")).everywhere(WHY)
    over = edits.exclude(ended_at=None).order_by("-ended_at")
    about = {"subject_id": OuterRef("practice"), "matter": Kind.ACCEPTANCE, "number": OuterRef("version__number")}
    rounds = Proposal.objects.filter(**about).order_by("-opened_at").everywhere(WHY)
    put = edits.annotate(put_at=Subquery(rounds.values("opened_at")[:1])).exclude(put_at=None).order_by("-put_at")
    return practices.annotate(
        edit_ended_at=Subquery(over.values("ended_at")[:1]),
        edit_outcome=Subquery(over.values("outcome")[:1]),
        edit_put_at=Subquery(put.values("put_at")[:1]),
    )
