"""What came with a form, files or a pasted table: kept with its batch, so that it can be read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from commonplace.communities.models import Community, Person
from commonplace.objectifying.batches.confirming import must_be_theirs
from commonplace.objectifying.batches.laying import lay_out
from commonplace.objectifying.models import PASTED, Batch, BatchFile
from commonplace.untrusted import documents
from commonplace.untrusted.documents import Read

# Somebody waits for the page; what takes longer is for the command line.
SECONDS: Final = 40
LONGEST_NAME: Final = 200
SETTINGS: Final = ("called", "source_kind", "authority", "owner", "since_on")


def arrived(files: Iterable[UploadedFile[Any]], pasted: str) -> list[BatchFile]:
    """As they came; stored nowhere yet."""
    sent = [BatchFile(name=_short(str(one.name)), data=one.read()) for one in files]
    return [*sent, BatchFile(name=PASTED, data=pasted.encode(errors="replace"))] if pasted.strip() else sent


def lay_before(
    actor: Person, community: Community, files: Sequence[BatchFile], columns: Mapping[str, str], **settings: Any
) -> Batch:
    """Laid out, with what it was read from. `columns`: which field a heading means; `settings`: as `lay_out` has."""
    batch = lay_out(actor, community, _reads(files, columns), **settings)
    batch.columns = dict(columns)
    batch.save(update_fields=["columns"])
    BatchFile.objects.bulk_create(BatchFile(batch=batch, name=one.name, data=one.data) for one in files)
    return batch


def read_again(actor: Person, batch: Batch, columns: Mapping[str, str]) -> Batch:
    """With what somebody says of its columns, in place of what was laid out before. Who: whose batch it is."""
    must_be_theirs(actor, batch)
    if batch.is_confirmed or batch.asked_at:
        return batch
    files = list(batch.files.everywhere("their own, to be read again").order_by("pk"))
    settings = {name: getattr(batch, name) for name in SETTINGS}
    columns = {**batch.columns, **columns}
    with transaction.atomic():
        other = lay_before(actor, batch.community, files, columns, meanings=batch.meanings, **settings)
        batch.delete()
    return other


def _reads(files: Sequence[BatchFile], columns: Mapping[str, str]) -> Iterator[Read]:
    """Of the sequence, one file or zip is read as it is, several as a folder of them."""
    sent = [one for one in files if one.name != PASTED]
    with TemporaryDirectory() as folder:
        for one in sent:
            Path(folder, one.name).write_bytes(one.data)
        if len(sent) == 1:
            yield from documents.read(Path(folder, sent[0].name), columns, seconds=SECONDS)
        elif sent:
            yield from documents.read(Path(folder), columns, seconds=SECONDS)
    for one in files:
        if one.name == PASTED:
            yield from documents.from_pasted(bytes(one.data).decode(), columns)


def _short(name: str) -> str:
    """Its ending says what kind it is; no disk takes a longer one."""
    return name.encode(errors="replace")[-LONGEST_NAME:].decode(errors="ignore")
