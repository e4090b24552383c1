"""The acts of the ledger, as the lake has them: by their numbers."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

import pyarrow as pa
from django.db.models import Max

from commonplace.ledger.models import Act, ActQuerySet
from commonplace.ledger.registry import evidence_columns
from commonplace.measuring.lake import columns
from commonplace.measuring.lake.segments import Segment

WHY = "the lake holds every act; its figures pass disclosure control"
AT_ONCE = 2000
Advance = Callable[[int], Any]


def every() -> ActQuerySet:
    return Act.objects.everywhere(WHY)


def count(segment: Segment | None = None) -> int:
    return (_of(segment) if segment else every()).count()


def ends(segment: Segment) -> datetime | None:
    """When the last of its acts was recorded."""
    return _of(segment).order_by("-pk").values_list("recorded_at", flat=True).first()


def next_after(number: int, most: int) -> Segment | None:
    """The segment of the next acts, at the most so many; None when there is none."""
    numbers = every().filter(pk__gt=number).order_by("pk").values_list("pk", flat=True)
    last = numbers[:most].aggregate(last=Max("pk"))["last"]
    return Segment(number + 1, last) if last else None


def table(segment: Segment, advance: Advance) -> pa.Table:
    types = evidence_columns()
    tables = [columns.table([], types)]
    for acts in _groups(_of(segment).order_by("pk").iterator(AT_ONCE)):
        tables.append(columns.table(acts, types))
        advance(len(acts))
    return pa.concat_tables(tables)


def _of(segment: Segment) -> ActQuerySet:
    return every().filter(pk__gte=segment.first, pk__lte=segment.last)


def _groups(acts: Iterator[Act]) -> Iterator[list[Act]]:
    while group := list(islice(acts, AT_ONCE)):
        yield group
