"""When something last happened in a community that is news there: each phase says by which rows that is told."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from commonplace.ledger.reading import READER
from commonplace.ledger.replay import BEFORE_ALL

Told = Iterable[tuple[QuerySet[Any, Any], str, str]]
"""Rows, their column that says when, on an index with their community, and the one that says by whom: what the READER
did is no news to them. "" where it is nobody's in particular."""

AMONG = 8
"""Of so many, the newest: where one person does nearly everything, nobody reads all that for a mark."""

SOURCES: list[Callable[[], Told]] = []


def last_here() -> Greatest:
    """Of a row that has a community: BEFORE_ALL where nothing has happened."""
    every = (one for source in SOURCES for one in source())
    return Greatest(*(Coalesce(Subquery(_last(*one)), Value(BEFORE_ALL)) for one in every))


def _last(rows: QuerySet[Any, Any], when: str, by: str) -> QuerySet[Any, Any]:
    here = rows.filter(**{"community": OuterRef("community"), f"{when}__isnull": False})
    if by:
        newest = rows.filter(community=OuterRef(OuterRef("community"))).order_by(f"-{when}").values(when)
        first = Coalesce(Subquery(newest[AMONG - 1 : AMONG]), Value(BEFORE_ALL))
        here = here.filter(**{f"{when}__gte": first}).exclude(**{by: READER.pk})
    return here.order_by(f"-{when}").values(when)[:1]
