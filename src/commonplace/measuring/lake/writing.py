"""Bring the lake up to date: a month is written when acts were added to it, so a closed one never again."""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from commonplace.ledger.models import Act
from commonplace.ledger.registry import evidence_columns
from commonplace.measuring.lake.columns import row, schema, written_as
from commonplace.measuring.lake.months import Month, months
from commonplace.measuring.lake.unread import UNREAD, say

ROW_GROUP = 20_000
Advance = Callable[[int], Any]


class LakeUnusable(Exception):
    """The lake cannot be written; the text says where and what to do."""


@dataclass(frozen=True, slots=True)
class Exported:
    """`unread`: by verb, how many acts lie there as they are, because this program cannot read them."""

    path: str
    months: int
    written: int
    acts: int
    unread: Counter[str]


@dataclass(frozen=True, slots=True)
class File:
    """One month's: was it written now, which acts in it cannot be read, and which of these are news."""

    written: bool
    unread: Counter[str]
    news: Counter[str]


def export(folder: Path, advance: Advance = lambda acts: None) -> Exported:
    """Write what is new into `folder`; `advance` hears how many acts were dealt with."""
    known = list(months())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files = [_brought_up(month, folder, advance) for month in known]
    except OSError as error:
        raise LakeUnusable(
            f"The lake {folder} cannot be written ({error.strerror}); name a folder you may write."
        ) from error
    say(sum((file.news for file in files), Counter()))
    unread: Counter[str] = sum((file.unread for file in files), Counter())
    acts = sum(month.acts for month in known)
    return Exported(str(folder), len(known), sum(file.written for file in files), acts, unread)


def acts_to_export() -> int:
    return Act.objects.everywhere("their number, for the progress bar").count()


def _brought_up(month: Month, folder: Path, advance: Advance) -> File:
    path = folder / month.name
    marks = _marks(path)
    known = Counter(json.loads(marks.get(b"unread", b"{}")))
    if marks.get(b"so_far") == month.so_far and marks.get(b"written_as") == written_as():
        advance(month.acts)
        return File(False, known, Counter())
    unread = _write(month, path, advance)
    return File(True, unread, unread - known)


def _marks(path: Path) -> Mapping[bytes, bytes]:
    """What a file says of itself: how far it goes, as which columns, what could not be read. Nothing if not whole."""
    try:
        return pq.read_metadata(path).metadata or {}
    except (OSError, pa.ArrowInvalid):
        return {}


def _write(month: Month, path: Path, advance: Advance) -> Counter[str]:
    unfinished = path.with_name(f".{month.name}.{uuid4().hex}")
    try:
        unread = _fill(month, unfinished, advance)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    return unread


def _fill(month: Month, path: Path, advance: Advance) -> Counter[str]:
    types, unread = evidence_columns(), Counter[str]()
    layout = schema(types)
    with pq.ParquetWriter(path, layout, compression="zstd") as writer:
        for acts in _groups(month.rows().iterator(2000)):
            rows = [row(act, types) for act in acts]
            writer.write_table(pa.Table.from_pylist(rows, layout), ROW_GROUP)
            unread.update(each["verb"] for each in rows if each[UNREAD] is not None)
            advance(len(acts))
        marks = {"so_far": month.so_far, "written_as": written_as(), "unread": json.dumps(unread)}
        writer.add_key_value_metadata(marks)
    return unread


def _groups(acts: Iterator[Act]) -> Iterator[list[Act]]:
    while group := list(islice(acts, ROW_GROUP)):
        yield group
