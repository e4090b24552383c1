"""Where a row that changed differs from what the practice says here."""

from commonplace.objectifying.batches.judging import audience_of, base_of
from commonplace.objectifying.batches.linking import linked, pages
from commonplace.objectifying.differences import changes_in, for_others
from commonplace.objectifying.models import BatchRow
from commonplace.objectifying.reach import named, spelled


def difference(row: BatchRow) -> list[tuple[str, str]]:
    """(heading, HTML with <ins> and <del>) of each part and of whom it is for; of a row that still has its text."""
    there = pages(row.batch) if row.links else {}
    base, version, audience = base_of(row), linked(row, there), audience_of(row)
    parts = [changes_in(part, base, version) for part in version.parts_changed_from(base)]
    others = [] if audience in (None, base.for_whom) else [for_others(named(base), spelled(audience))]
    return [*parts, *others]
