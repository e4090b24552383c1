"""What came with a form, files or a pasted table: kept with its batch, so that it can be read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from commonplace.communities.models import Community, Person
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying.batches.confirming import must_be_theirs
from commonplace.objectifying.batches.drafts import still_a_draft
from commonplace.objectifying.batches.laying import lay_out
from commonplace.objectifying.models import PASTED, Batch, BatchFile
from commonplace.untrusted import documents
from commonplace.untrusted.documents import Found, Read
from commonplace.untrusted.documents.words import PARTS

# Somebody waits for the page; what takes longer is for the command line.
SECONDS: Final = 40
MOST, MOST_LETTERS = 2_000, 20_000_000
LONGEST_NAME: Final = 200
SETTINGS: Final = ("called", "source_kind", "authority", "owner", "since_on", "dates", "sources", "meanings")


def arrived(files: Iterable[UploadedFile[Any]], pasted: str) -> list[BatchFile]:
    """As they came; stored nowhere yet."""
    sent: dict[str, BatchFile] = {}
    for one in files:
        name = _short(str(one.name))
        if name in sent:
            raise NotPossible(_("Two files are called %(name)s. Rename one.") % {"name": name}, "documents")
        sent[name] = BatchFile(name=name, data=one.read())
    table = [BatchFile(name=PASTED, data=pasted.encode(errors="replace"))] if pasted.strip() else []
    return [*sent.values(), *table]


def lay_before(
    actor: Person, community: Community, files: Sequence[BatchFile], columns: Mapping[str, str], **settings: Any
) -> Batch:
    """Laid out, with what it was read from. `columns`: which field a heading means; `settings`: as `lay_out` has."""
    batch = lay_out(actor, community, _few(_reads(files, columns)), **settings)
    batch.columns = dict(columns)
    batch.save(update_fields=["columns"])
    BatchFile.objects.bulk_create(BatchFile(batch=batch, name=one.name, data=one.data) for one in files)
    return batch


def can_be_read_again(batch: Batch) -> bool:
    """What the command line read is not kept."""
    return batch.files.everywhere("whether it can be read again").exists()


def read_again(actor: Person, batch: Batch, columns: Mapping[str, str], dates: str = "") -> Batch:
    """With what somebody says of its columns and dates, in place of what was laid out before. Who: whose batch it
    is."""
    must_be_theirs(actor, batch)
    files = list(batch.files.everywhere("their own, to be read again").order_by("pk"))
    if not files:
        return batch
    settings = {name: getattr(batch, name) for name in SETTINGS} | ({"dates": dates} if dates else {})
    columns = {**batch.columns, **columns}
    other = lay_before(actor, batch.community, files, columns, **settings)
    with transaction.atomic():
        if still_a_draft(batch):
            batch.delete()
            return other
    other.delete()
    return batch


def _few(reads: Iterable[Read]) -> Iterator[Read]:
    """As much as somebody looks through; raises NotPossible beyond."""
    letters = 0
    for number, one in enumerate(reads, 1):
        if isinstance(one, Found):
            letters += sum(len(getattr(one.parts, part)) for part in PARTS)
        if number > MOST or letters > MOST_LETTERS:
            raise NotPossible(
                _(
                    "It is more than comes in on this page: %(most)s rows, or %(letters)s letters. Bring it in several "
                    "parts, or ask whoever runs this place to bring it in by the command line."
                )
                % {"most": MOST, "letters": MOST_LETTERS}
            )
        yield one


def _reads(files: Sequence[BatchFile], columns: Mapping[str, str]) -> Iterator[Read]:
    """Of the sequence, one file or zip is read as it is, several as a folder of them."""
    sent = [one for one in files if one.name != PASTED]
    with TemporaryDirectory() as folder:
        for one in sent:
            with Path(folder, one.name).open("xb") as file:
                file.write(one.data)
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
