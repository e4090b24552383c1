"""The example's own data folder: made from nothing, marked, and never one that holds anybody's data."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from commonplace.ledger.alone import SERVED, occupy

MARK = "demo"
MAKING, READY = "making", "ready"
COMES_BY_ITSELF = {"secret.key", "cache", SERVED}


class Contents(StrEnum):
    EMPTY = "empty"
    HALF_MADE = "half made"
    MADE = "made"
    NOT_OURS = "not ours"


class NotAnExample(Exception):
    """The folder holds something else, or is being made by another process; the text says what to do."""


def chosen() -> Path:
    """As it is named; else beside the data folder that is named, never in it; else here."""
    if named := os.environ.get("COMMONPLACE_DEMO_DATA"):
        return Path(named).expanduser().resolve()
    if data := os.environ.get("COMMONPLACE_DATA"):
        folder = Path(data).expanduser().resolve()
        return folder.with_name(f"{folder.name}-demo")
    return Path("demo-data").resolve()


def contents(folder: Path) -> Contents:
    mark = folder / MARK
    if mark.exists():
        return Contents.MADE if mark.read_text() == READY else Contents.HALF_MADE
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    return Contents.EMPTY if there <= COMES_BY_ITSELF and not folder.is_file() else Contents.NOT_OURS


def claim(folder: Path, anew: bool = False) -> bool:
    """Mark the folder as an example's, empty it if it must be made; True if it must. Raises NotAnExample."""
    holds = contents(folder)
    if holds == Contents.NOT_OURS:
        raise NotAnExample(
            f"{folder} holds something that is not an example and stays as it is. "
            "Choose another folder: COMMONPLACE_DEMO_DATA=elsewhere make demo"
        )
    if holds == Contents.MADE and not anew:
        return False
    folder.mkdir(parents=True, exist_ok=True)
    occupy(folder)
    (folder / MARK).write_text(MAKING)
    return True


@contextmanager
def making(folder: Path) -> Iterator[None]:
    """Within this block an empty, marked folder is filled; it counts as made only when the block has ended well."""
    with (folder / MARK).open("r+") as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise NotAnExample(f"Another process is making the example in {folder}: wait for it.") from error
        _clear(folder)
        yield
        mark.seek(0)
        mark.truncate()
        mark.write(READY)


def _clear(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name not in (MARK, "secret.key", SERVED):
            path.unlink()
