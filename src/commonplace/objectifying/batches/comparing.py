"""Where a row that changed differs from what the practice says here."""

from functools import cached_property
from typing import Final

from commonplace.objectifying.batches.judging import audience_of, base_of
from commonplace.objectifying.batches.linking import linked, pages
from commonplace.objectifying.differences import changes_in, for_others
from commonplace.objectifying.models import PARTS, Batch, BatchRow, Version
from commonplace.objectifying.reach import named, spelled

SHORT: Final = 1_500
Changes = list[tuple[str, str]]


class Differences:
    """Of the rows of one batch that still have their texts."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch

    @cached_property
    def there(self) -> dict[str, str]:
        return pages(self.batch)

    def of(self, row: BatchRow) -> Changes:
        """(heading, HTML with <ins> and <del>) of each part and of whom it is for."""
        return self._since(row, base_of(row))

    def in_short(self, row: BatchRow) -> Changes | None:
        """The same, of what stands beside others; None of a long one: it has a page of its own."""
        base = base_of(row)
        letters = sum(len(getattr(one, part)) for one in (base, row) for part in PARTS)
        return self._since(row, base) if letters <= SHORT else None

    def _since(self, row: BatchRow, base: Version) -> Changes:
        version, audience = linked(row, self.there if row.links else {}), audience_of(row)
        parts = [changes_in(part, base, version) for part in version.parts_changed_from(base)]
        others = [] if audience in (None, base.for_whom) else [for_others(named(base), spelled(audience))]
        return [*parts, *others]


def difference(row: BatchRow) -> Changes:
    return Differences(row.batch).of(row)
