"""Bytes by their digest, below the folder of media: written beside, made sure of, then put in place at once."""

import os
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from django.conf import settings

from commonplace.ledger.ids import new_id

SMALL, ON_ITS_WAY = ".small", ".part"


def folder() -> Path:
    return Path(settings.MEDIA_ROOT, "files")


def place(digest: str, small: bool = False) -> Path:
    return folder() / digest[:2] / f"{digest}{SMALL if small else ''}"


def opened(digest: str, small: bool = False) -> BinaryIO:
    """Raises FileNotFoundError."""
    return place(digest, small).open("rb")


def size(digest: str) -> int:
    """Less than nothing if it is not there."""
    try:
        return place(digest).stat().st_size
    except OSError:
        return -1


def remove(digest: str) -> None:
    for small in (True, False):
        place(digest, small).unlink(missing_ok=True)


class Laid:
    """Bytes that lie ready on the disk; whoever leaves the block without `keep` leaves nothing behind."""

    def __init__(self, data: bytes, small: bytes = b"") -> None:
        self.digest = sha256(data).hexdigest()
        self.pieces = {place(self.digest): data} | ({place(self.digest, small=True): small} if small else {})
        self.written: dict[Path, Path] = {}

    def __enter__(self) -> Self:
        try:
            for target, piece in self.pieces.items():
                self.written[target] = _written(target.parent, piece)
        except BaseException:
            self._clear()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._clear()

    def keep(self) -> None:
        """The thumbnail first: whoever finds the whole finds both."""
        for target in sorted(self.written, reverse=True):
            os.replace(self.written[target], target)
            _make_sure_of(target.parent)

    def _clear(self) -> None:
        for part in self.written.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)


def digests(within: Path) -> set[str]:
    """What lies in one folder of the store."""
    return {file.name.removesuffix(SMALL) for file in within.iterdir() if file.suffix != ON_ITS_WAY}


def folders() -> list[Path]:
    return sorted(one for one in folder().iterdir() if one.is_dir()) if folder().is_dir() else []


def parts(within: Path) -> Iterator[Path]:
    yield from within.glob(f"*{ON_ITS_WAY}")


def _written(within: Path, data: bytes) -> Path:
    within.mkdir(parents=True, exist_ok=True)
    part = within / f"{new_id()}{ON_ITS_WAY}"
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    return part


def _make_sure_of(within: Path) -> None:
    """That a name is there outlives a power cut, too."""
    descriptor = os.open(within, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
