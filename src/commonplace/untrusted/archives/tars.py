"""Tar archives, read from front to back; each file that is asked for is a pass of its own."""

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Self, cast

from commonplace.untrusted.archives.limits import Limits
from commonplace.untrusted.archives.names import checked, once
from commonplace.untrusted.archives.packed import Packed
from commonplace.untrusted.archives.streams import DAMAGED, Metered, Unbroken
from commonplace.untrusted.archives.unpacking import Unpacking
from commonplace.untrusted.refused import Refused
from commonplace.untrusted.source import Source

HeaderError: Final = tarfile.HeaderError
REST: Final = 1 << 16
END: Final = "end of file header"


class Entry(tarfile.TarInfo):
    """A header that is either right or refused: tarfile alone would take a broken one for the end."""

    @classmethod
    def fromtarfile(cls, tarfile: tarfile.TarFile) -> Self:
        try:
            return super().fromtarfile(tarfile)
        except HeaderError as error:
            if str(error) == END or tarfile.offset == 0:
                raise
            raise Refused(f"{Path(str(tarfile.name)).name}: damaged or cut off ({error}); fetch it again") from None


class Fenced(Metered):
    """A tar's bytes; between two files no more may be read than a header needs."""

    fence = 0

    def read(self, size: int, /) -> bytes:
        chunk = super().read(size)
        if self.given > self.fence:
            raise Refused(f"{self.name}: holds a header without an end; do not trust this archive")
        return chunk


@dataclass(frozen=True, slots=True)
class Tar:
    """A tar at `path`, packed as `unpacking` knows to undo."""

    path: Path
    unpacking: Unpacking
    limits: Limits

    def names(self) -> tuple[str, ...]:
        with self._opened() as (tar, stream):
            entries = self._entries(tar, stream)
            return once((checked(entry.name, self.path.name) for entry in entries if entry.isreg()), self.path.name)

    @contextmanager
    def open(self, name: str) -> Iterator[Source]:
        for here, file in self.files():
            if here == name:
                yield file
                return
        raise Refused(f"{self.path.name}: no file {name}")

    def files(self) -> Iterator[tuple[str, Source]]:
        with self._opened() as (tar, stream):
            for entry in self._entries(tar, stream):
                if entry.isreg():
                    name = checked(entry.name, self.path.name)
                    yield name, Unbroken(_file(tar, entry), f"{self.path.name}: {name}")

    @contextmanager
    def _opened(self) -> Iterator[tuple[tarfile.TarFile, Fenced]]:
        with Packed(self.path, self.limits.directory) as packed:
            stream = Fenced(self.unpacking(packed, self.limits), self.path.name, packed, self.limits)
            stream.fence = self.limits.header
            yield _opened(stream), stream

    def _entries(self, tar: tarfile.TarFile, stream: Fenced) -> Iterator[tarfile.TarInfo]:
        for count, entry in enumerate(_each(tar, self.path.name)):
            if count >= self.limits.entries:
                raise Refused(f"{self.path.name}: holds over {self.limits.entries} files; give what is needed alone")
            checked(entry.name, self.path.name)
            if entry.issparse() or not (entry.isreg() or entry.isdir()):
                raise Refused(f"{self.path.name}: holds {entry.name!r}, a link or device; pack plain files only")
            stream.fence = entry.offset_data + entry.size + self.limits.header
            yield entry
        while stream.read(REST):  # Only the very end tells whether the packed stream is whole.
            pass


def _opened(stream: Fenced) -> tarfile.TarFile:
    try:
        return tarfile.open(stream.name, "r|", cast("IO[bytes]", stream), tarinfo=Entry)
    except DAMAGED as error:
        raise Refused(f"{stream.name}: is no tar archive ({error}); give a .tar.gz or .zip") from None


def _each(tar: tarfile.TarFile, name: str) -> Iterator[tarfile.TarInfo]:
    try:
        while (entry := tar.next()) is not None:
            yield entry
    except DAMAGED as error:
        raise Refused(f"{name}: damaged or cut off ({error}); fetch it again") from None


def _file(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> Source:
    file = tar.extractfile(entry)
    assert file is not None
    return file
