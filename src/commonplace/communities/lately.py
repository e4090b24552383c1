"""When something last happened in a community that is news there: each phase says by which rows that is told."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from commonplace.ledger.replay import BEFORE_ALL

Told = Iterable[tuple[QuerySet[Any, Any], str]]
"""Rows, and their column that says when: the last of a community is found on an index."""

SOURCES: list[Callable[[], Told]] = []


def last_here() -> Greatest:
    """Of a row that has a community: BEFORE_ALL where nothing has happened."""
    every = (one for source in SOURCES for one in source())
    return Greatest(*(Coalesce(Subquery(_last(rows, when)), Value(BEFORE_ALL)) for rows, when in every))


def _last(rows: QuerySet[Any, Any], when: str) -> QuerySet[Any, Any]:
    here = rows.filter(community=OuterRef("community")).filter(**{f"{when}__isnull": False})
    return here.order_by(f"-{when}").values(when)[:1]
