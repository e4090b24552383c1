"""Archives: a folder, a tar or a zip, read without ever writing to disk."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, Protocol

from commonplace.untrusted.archives.folders import Folder
from commonplace.untrusted.archives.limits import Limits
from commonplace.untrusted.archives.packed import Packed
from commonplace.untrusted.archives.tars import Tar
from commonplace.untrusted.archives.unpacking import bare, bzipped, gzipped, unxz
from commonplace.untrusted.archives.zips import Zip
from commonplace.untrusted.refused import Refused
from commonplace.untrusted.source import Source

__all__ = ["Archive", "Limits", "Source", "open_archive"]

USUAL: Final = Limits()
MAGIC: Final = 263
PACKINGS: Final = {b"\x1f\x8b": gzipped, b"BZh": bzipped, b"\xfd7zXZ\0": unxz}
SEVEN_ZIP: Final = b"7z\xbc\xaf\x27\x1c"


class Archive(Protocol):
    """Names are relative with forward slashes; every file that is opened is read once, from its beginning."""

    @property
    def path(self) -> Path: ...

    def names(self) -> tuple[str, ...]: ...

    def open(self, name: str) -> AbstractContextManager[Source]: ...

    def files(self) -> Iterator[tuple[str, Source]]:
        """All files in one pass; each is to be read before the next."""
        ...


def open_archive(path: Path, limits: Limits = USUAL) -> Archive:
    """The archive at `path`, known by its content and not by its name; raises `Refused`."""
    if path.is_dir():
        return Folder(path, limits)
    if not path.is_file():
        raise Refused(f"{path}: is no file or folder that can be read; check the path")
    return _file(path, _beginning(path), limits)


def _file(path: Path, beginning: bytes, limits: Limits) -> Archive:
    for magic, unpacking in PACKINGS.items():
        if beginning.startswith(magic):
            return Tar(path, unpacking, limits)
    if beginning.startswith((b"PK\3\4", b"PK\5\6")):
        return Zip(path, limits)
    if beginning[257:262] == b"ustar":
        return Tar(path, bare, limits)
    if beginning.startswith(SEVEN_ZIP):
        raise Refused(f"{path.name}: .7z is not read here; unpack it (7z x {path.name}) and give the folder")
    raise Refused(f"{path.name}: is no archive known here; give a folder, a .tar.gz or a .zip")


def _beginning(path: Path) -> bytes:
    with Packed(path, MAGIC) as packed:
        return packed.read(MAGIC)
