"""From candidates to what a page shows: each row as it is at this moment, if the reader may read it at this moment."""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache, partial
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Substr

from commonplace.communities.contributions import SearchSource, Shown, contributed
from commonplace.internalizing.models import Document
from commonplace.internalizing.search.candidates import Candidate
from commonplace.internalizing.search.excerpt import LOOKED_THROUGH, excerpt, marked
from commonplace.internalizing.search.marking import Marker
from commonplace.internalizing.search.results import Hit
from commonplace.internalizing.search.typed import Term
from commonplace.ledger.reading import Among, Reading


def hits(readable: Collection[str], candidates: Sequence[Candidate], terms: Sequence[Term]) -> list[Hit]:
    """In their order; one query for each kind among them. `readable`: the communities that the reader may read."""
    marker = cache(partial(Marker, terms))
    rows = {row.pk: (source, row) for source in contributed(SearchSource) for row in _rows(source, candidates)}
    there = [rows[one.subject] for one in candidates if one.subject in rows]
    return [_hit(source, row, marker) for source, row in there if row.community.pk in readable]


def _rows(source: SearchSource, candidates: Sequence[Candidate]) -> Iterable[Any]:
    subjects = [one.subject for one in candidates if one.kind == source.name]
    return _reading(source.name).rows(subjects=subjects) if subjects else ()


@cache
def _reading(kind: str) -> Reading[Any]:
    return Reading(partial(_in_question, next(one for one in contributed(SearchSource) if one.name == kind)))


def _in_question(source: SearchSource) -> Any:
    """By their ids alone: asked besides who reads, SQLite would go through all of a community to find these few."""
    document = Document.objects.filter(subject=OuterRef("pk")).everywhere("whoever sees the row sees its text")
    text = Subquery(document.values(begins=Substr("text", 1, LOOKED_THROUGH)))
    rows = source.rows().everywhere("each is asked whether it may be read").filter(pk__in=Among("subjects"))
    return rows.annotate(plain=text, plain_of=Subquery(document.values("edited_at")))


def _excerpted(row: Any, shown: Shown) -> str:
    """Nothing, from an edit until the index knows of it: what was taken back is not shown once more."""
    return row.plain or "" if row.plain_of == shown.edited_at else ""


def _hit(source: SearchSource, row: Any, marker: Callable[[str], Marker]) -> Hit:
    shown = source.shown(row)
    marks = marker(shown.community.language)
    return Hit(
        subject=row.pk,
        kind=source.name,
        phase=source.phase,
        kind_words=str(shown.kind_words),
        title=marked(shown.title, marks),
        address=shown.address,
        excerpt=excerpt(_excerpted(row, shown), marks),
        community=shown.community,
        status=shown.status,
        status_words=str(shown.status_words),
        at=shown.at,
    )
