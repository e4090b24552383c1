"""Where a row that changed differs from what the practice says here."""

from commonplace.objectifying.batches.judging import base_of
from commonplace.objectifying.batches.linking import linked, pages
from commonplace.objectifying.differences import changes
from commonplace.objectifying.models import BatchRow


def difference(row: BatchRow) -> list[tuple[str, str]]:
    """(heading, HTML with <ins> and <del>) of each part; of a row whose text was not dropped yet."""
    there = pages(row.batch) if row.links else {}
    return changes(base_of(row), linked(row, there))
