"""Which practice here has the same text, though it is known by another key: renamed there, or brought in by itself."""

import hashlib
from typing import Final

from django.db.models import F

from commonplace.objectifying.models import PARTS, Batch, BatchRow, Practice, Version
from commonplace.objectifying.status import PUT_AWAY

Same = dict[bytes, tuple[str, str]]
AT_ONCE: Final = 500


def texts_here(batch: Batch) -> Same:
    """Of what goes on here, as far as whoever lays it out may read it: id and title of each, by its newest text."""
    here = Practice.objects.visible_to(batch.by).filter(community=batch.community)
    here = here.exclude(course__status__in=PUT_AWAY)
    newest = Version.objects.filter(practice__in=here, number=F("practice__course__latest"))
    columns = newest.everywhere("who reads a practice reads its text").order_by("practice")
    rows = columns.values_list("practice", "practice__title", *PARTS).iterator(AT_ONCE)
    return {_mark(parts): (pk, title) for pk, title, *parts in rows}


def mark_of(row: BatchRow) -> bytes:
    return _mark([getattr(row, part) for part in PARTS])


def _mark(parts: list[str]) -> bytes:
    return hashlib.sha256("\0".join(" ".join(part.split()) for part in parts).encode()).digest()
