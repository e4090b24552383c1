"""What came with a form, files or a pasted table: kept with its batch, so that it can be read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from commonplace.communities.models import Community, Person
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying.batches.again import said_before
from commonplace.objectifying.batches.confirming import must_be_theirs
from commonplace.objectifying.batches.drafts import still_a_draft
from commonplace.objectifying.batches.laying import lay_out
from commonplace.objectifying.models import PASTED, Batch, BatchFile, Became
from commonplace.untrusted import documents
from commonplace.untrusted.documents import Found, Read
from commonplace.untrusted.documents.given import kind_of
from commonplace.untrusted.documents.words import PARTS

# Somebody waits for the page; what takes longer is for the command line.
SECONDS: Final = 40
MOST, MOST_LETTERS = 2_000, 20_000_000
LONGEST_NAME: Final = 200
MOST_DRAFTS, MOST_KEPT = 10, 30_000_000
"""So many drafts, of so many bytes that came, anybody has at a time."""
SETTINGS: Final = ("called", "source_kind", "authority", "owner", "since_on", "dates", "sources", "meanings")
PLACE: Final = ("file", "sheet", "row")


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
    actor: Person, community: Community, files: Sequence[BatchFile], *, instead: str = "", **settings: Any
) -> Batch:
    """Laid out, with what it was read from, as long as there is room for it; as was said by hand of what came in by
    this name. `instead`: the draft in whose place it comes; `settings`: as `lay_out` has."""
    _must_have_room(actor, sum(map(_kept, files)), instead)
    settings = said_before(community, settings["called"]) | settings
    batch = _read(actor, community, files, **settings)
    BatchFile.objects.bulk_create(_file(batch, one) for one in files)
    return batch


def _read(
    actor: Person, community: Community, files: Sequence[BatchFile], columns: Mapping[str, str], **settings: Any
) -> Batch:
    """`columns`: which field a heading means."""
    batch = lay_out(actor, community, _few(_reads(files, columns)), **settings)
    batch.columns = dict(columns)
    batch.save(update_fields=["columns"])
    return batch


def _file(batch: Batch, one: BatchFile) -> BatchFile:
    """Of what is never read, its name: others may lead to it."""
    return BatchFile(batch=batch, name=one.name, data=one.data if _kept(one) else b"")


def _kept(one: BatchFile) -> int:
    """How many bytes of it."""
    is_read = one.name == PASTED or kind_of(one.name) or one.name.lower().endswith(".zip")
    return len(one.data) if is_read else 0


def _must_have_room(actor: Person, size: int, instead: str) -> None:
    theirs = Batch.objects.filter(by=actor).exclude(pk=instead).everywhere("their own")
    drafts = theirs.filter(confirmed_at=None).order_by("at")
    files = BatchFile.objects.filter(batch__in=theirs).everywhere("their own")
    kept = files.aggregate(bytes=Sum(Length("data"), default=0))["bytes"]
    names = list(drafts.values_list("called", flat=True))
    if len(names) >= MOST_DRAFTS or (names and kept + size > MOST_KEPT):
        words = _(
            "You have laid out much that has not come in: %(names)s. Bring some of it in, or throw it away; then lay "
            "this out again."
        )
        raise NotPossible(words % {"names": ", ".join(names)})


def can_be_read_again(batch: Batch) -> bool:
    """What the command line read is not kept."""
    return batch.files.everywhere("whether it can be read again").exists()


def pasted(batch: Batch) -> str:
    """The table of a draft, as it was pasted."""
    row = batch.files.filter(name=PASTED).everywhere("their own, to be corrected").first()
    return bytes(row.data).decode() if row else ""


def names_of_files(batch: Batch) -> list[str]:
    """No browser lets us choose them again."""
    rows = batch.files.exclude(name=PASTED).everywhere("their own, to be corrected").order_by("name")
    return list(rows.values_list("name", flat=True))


def read_again(actor: Person, batch: Batch, columns: Mapping[str, str], dates: str = "") -> Batch:
    """With what somebody says of its columns and dates, in place of what was laid out before: it stays the same draft,
    and what was taken out of it stays out. Who: whose batch it is."""
    must_be_theirs(actor, batch)
    files = list(batch.files.everywhere("their own, to be read again").order_by("pk"))
    if not files:
        return batch
    settings = {name: getattr(batch, name) for name in SETTINGS} | ({"dates": dates} if dates else {})
    other = _read(actor, batch.community, files, {**batch.columns, **columns}, **settings)
    with transaction.atomic():
        if still_a_draft(batch):
            _instead(batch, other)
        other.delete()
    return batch


def _instead(batch: Batch, other: Batch) -> None:
    out = set(batch.rows.filter(became=Became.LEFT_OUT).values_list(*PLACE))
    batch.rows.all().delete()
    other.rows.update(batch=batch)
    again = [row.pk for row in batch.rows.offered().only(*PLACE) if (row.file, row.sheet, row.row) in out]
    batch.rows.filter(pk__in=again).update(became=Became.LEFT_OUT)
    for name in (as_read := ("columns", "remarks", *SETTINGS)):
        setattr(batch, name, getattr(other, name))
    batch.save(update_fields=as_read)


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
