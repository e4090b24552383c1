"""Somebody says by hand what a status word means; all rows are looked at again."""

from collections.abc import Mapping
from typing import Final

from django.db import transaction

from commonplace.communities.models import Person
from commonplace.objectifying.batches.confirming import must_be_theirs
from commonplace.objectifying.batches.drafts import still_a_draft
from commonplace.objectifying.batches.judging import Judge
from commonplace.objectifying.batches.laying import AT_ONCE, folded_meanings
from commonplace.objectifying.models import Batch, BatchRow

_JUDGED: Final = ("verdict", "because", "values", "practice_id", "base")


def rejudge(actor: Person, batch: Batch, meanings: Mapping[str, bool]) -> Batch:
    """Who: whose batch it is, until it is confirmed. `meanings`: of a status word, whether it is in force."""
    must_be_theirs(actor, batch)
    with transaction.atomic():
        return _judged_anew(batch, meanings) if still_a_draft(batch) else batch


def _judged_anew(batch: Batch, meanings: Mapping[str, bool]) -> Batch:
    batch.meanings = {**batch.meanings, **folded_meanings(meanings)}
    batch.save(update_fields=["meanings"])
    judge, other = Judge(batch), []
    for row in batch.rows.filter(became="").order_by("number").iterator():
        row.batch, before = batch, _as_judged(row)
        judge.judge(row)
        if _as_judged(row) != before:
            other.append(row)
    columns = [name.removesuffix("_id") for name in _JUDGED]
    BatchRow.objects.everywhere("its own rows").bulk_update(other, columns, batch_size=AT_ONCE)
    return batch


def _as_judged(row: BatchRow) -> list[object]:
    return [getattr(row, name) for name in _JUDGED]
