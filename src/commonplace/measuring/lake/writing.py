"""Bring the lake up to date: a month is written when acts were added to it, so a closed one never again."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from commonplace.ledger.models import Act
from commonplace.measuring.lake.columns import row, schema
from commonplace.measuring.lake.months import Month, months

ROW_GROUP = 20_000
Advance = Callable[[int], Any]


class LakeUnusable(Exception):
    """The lake cannot be written; the text says where and what to do."""


@dataclass(frozen=True, slots=True)
class Exported:
    path: str
    months: int
    written: int
    acts: int


def export(folder: Path, advance: Advance = lambda acts: None) -> Exported:
    """Write what is new into `folder`; `advance` hears how many acts were dealt with."""
    known = list(months())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = [_write(month, folder, advance) for month in known]
    except OSError as error:
        raise LakeUnusable(
            f"The lake {folder} cannot be written ({error.strerror}); name a folder you may write."
        ) from error
    return Exported(str(folder), len(known), sum(written), sum(month.acts for month in known))


def acts_to_export() -> int:
    return Act.objects.everywhere("their number, for the progress bar").count()


def _write(month: Month, folder: Path, advance: Advance) -> bool:
    """Was anything written?"""
    path = folder / month.name
    if _stands(month, path):
        advance(month.acts)
        return False
    unfinished = folder / f".{month.name}.{uuid4().hex}"
    try:
        _fill(month, unfinished, advance)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    return True


def _stands(month: Month, path: Path) -> bool:
    """Is the file whole, and as far as the ledger is? A closed month's always stays so."""
    try:
        metadata = pq.read_schema(path).metadata or {}
    except (OSError, pa.ArrowInvalid):
        return False
    return metadata.get(b"so_far") == month.so_far


def _fill(month: Month, path: Path, advance: Advance) -> None:
    layout = schema().with_metadata({"so_far": month.so_far})
    names = layout.names
    with pq.ParquetWriter(path, layout, compression="zstd") as writer:
        for acts in _groups(month.rows().iterator(2000)):
            writer.write_table(pa.Table.from_pylist([row(act, names) for act in acts], layout), ROW_GROUP)
            advance(len(acts))


def _groups(acts: Iterator[Act]) -> Iterator[list[Act]]:
    while group := list(islice(acts, ROW_GROUP)):
        yield group
