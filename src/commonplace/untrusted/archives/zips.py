"""Zip archives."""

import io
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from commonplace.untrusted.archives.limits import Limits
from commonplace.untrusted.archives.names import checked, once
from commonplace.untrusted.archives.packed import Packed
from commonplace.untrusted.archives.streams import DAMAGED, Metered, Shut
from commonplace.untrusted.refused import Refused
from commonplace.untrusted.source import Source

PLAIN_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
ENCRYPTED: Final = 0x1


@dataclass(frozen=True, slots=True)
class Zip:
    """A zip at `path`, or of that name and held already."""

    path: Path
    limits: Limits
    held: bytes | None = None

    def names(self) -> tuple[str, ...]:
        with self._opened() as (zipped, _):
            return once((name for name, _ in self._entries(zipped)), self.path.name)

    def sizes(self) -> list[tuple[int, int]]:
        """What each file in it says that it is, unpacked and packed: nothing is read."""
        with self._opened() as (zipped, _):
            return [(entry.file_size, entry.compress_size) for _, entry in self._entries(zipped)]

    def files(self) -> Iterator[tuple[str, Source]]:
        with self._opened() as (zipped, packed):
            entries = list(self._entries(zipped))
            once((name for name, _ in entries), self.path.name)
            for name, entry in entries:
                yield name, self._metered_or_shut(zipped, entry, name, packed)

    @contextmanager
    def open(self, name: str) -> Iterator[Source]:
        with self._opened() as (zipped, packed):
            entry = dict(self._entries(zipped)).get(name)
            if entry is None:
                raise Refused(f"{self.path.name}: no file {name}")
            yield self._metered(zipped, entry, name, packed)

    @contextmanager
    def _opened(self) -> Iterator[tuple[zipfile.ZipFile, Packed]]:
        held = None if self.held is None else io.BytesIO(self.held)
        with Packed(self.path, self.limits.directory, held) as packed:
            try:
                zipped = zipfile.ZipFile(packed)
            except (*DAMAGED, NotImplementedError, ValueError) as error:
                raise Refused(f"{self.path.name}: damaged or cut off ({error}); fetch it again") from None
            yield zipped, packed

    def _entries(self, zipped: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
        if len(zipped.filelist) > self.limits.entries:
            raise Refused(f"{self.path.name}: holds over {self.limits.entries} files; give what is needed alone")
        for entry in zipped.filelist:
            name = checked(entry.filename, self.path.name)
            self._check(entry)
            if not entry.is_dir():
                yield name, entry

    def _check(self, entry: zipfile.ZipInfo) -> None:
        if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise Refused(f"{self.path.name}: holds {entry.filename!r}, a link or device; pack plain files only")
        if entry.flag_bits & ENCRYPTED:
            raise Refused(f"{self.path.name}: is encrypted; unpack it and give the folder")
        if entry.compress_type not in PLAIN_METHODS:
            raise Refused(f"{self.path.name}: is packed in an unusual way; unpack it and give the folder")

    def _metered(self, zipped: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, packed: Packed) -> Metered:
        return Metered(self._file(zipped, entry), f"{self.path.name}: {name}", packed, self.limits)

    def _metered_or_shut(self, zipped: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, packed: Packed) -> Source:
        try:
            return self._metered(zipped, entry, name, packed)
        except Refused as refusal:
            return Shut(refusal)

    def _file(self, zipped: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Source:
        try:
            return zipped.open(entry)
        except (*DAMAGED, NotImplementedError, RuntimeError, ValueError) as error:
            raise Refused(f"{self.path.name}: damaged or cut off ({error}); fetch it again") from None
