"""Somebody says by hand what a status word means, or which source it is; all rows are looked at again."""

from collections.abc import Mapping
from typing import Final

from django.db import transaction

from commonplace.communities.models import Person
from commonplace.objectifying.batches.confirming import must_be_theirs
from commonplace.objectifying.batches.drafts import still_a_draft
from commonplace.objectifying.batches.judging import Judge
from commonplace.objectifying.batches.laying import AT_ONCE, folded_meanings
from commonplace.objectifying.batches.sources import spelled_otherwise
from commonplace.objectifying.models import OFFERED, Batch, BatchRow

_JUDGED: Final = ("source", "verdict", "because", "values", "practice_id", "base", "became")


def rejudge(actor: Person, batch: Batch, meanings: Mapping[str, bool]) -> Batch:
    """Who: whose batch it is, until it is confirmed. `meanings`: of a status word, whether it is in force."""
    must_be_theirs(actor, batch)
    with transaction.atomic():
        if still_a_draft(batch):
            batch.meanings = {**batch.meanings, **folded_meanings(meanings)}
            _judge_anew(batch)
    return batch


def take_source(actor: Person, batch: Batch, spelled: str) -> bool:
    """By the name by which it is known here; False if none is. Who: whose batch it is, until it is confirmed."""
    must_be_theirs(actor, batch)
    with transaction.atomic():
        known = next((one.known for one in spelled_otherwise(batch) if one.spelled == spelled), "")
        if not known or not still_a_draft(batch):
            return False
        batch.sources = {**batch.sources, spelled: known}
        batch.called = batch.sources.get(batch.called, batch.called)
        _judge_anew(batch)
    return True


def _judge_anew(batch: Batch) -> None:
    batch.save(update_fields=["called", "sources", "meanings"])
    judge, other = Judge(batch), []
    for row in batch.rows.order_by("number").iterator():
        row.batch, before = batch, _as_judged(row)
        row.source = batch.sources.get(row.source, row.source)
        judge.judge(row)
        if row.verdict not in OFFERED:
            row.became = ""
        if _as_judged(row) != before:
            other.append(row)
    columns = [name.removesuffix("_id") for name in _JUDGED]
    BatchRow.objects.everywhere("its own rows").bulk_update(other, columns, batch_size=AT_ONCE)


def _as_judged(row: BatchRow) -> list[object]:
    return [getattr(row, name) for name in _JUDGED]
