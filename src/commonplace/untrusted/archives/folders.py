"""A folder, read as an archive is."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from commonplace.untrusted.archives.limits import Limits
from commonplace.untrusted.archives.packed import Packed
from commonplace.untrusted.archives.streams import Unbroken
from commonplace.untrusted.refused import Refused
from commonplace.untrusted.source import Source


@dataclass(frozen=True, slots=True)
class Folder:
    """Files below `path`; a link is never followed."""

    path: Path
    limits: Limits

    def names(self) -> tuple[str, ...]:
        names = []
        for file in _walk(self.path):
            names.append(file.relative_to(self.path).as_posix())
            if len(names) > self.limits.entries:
                raise Refused(f"{self.path}: holds over {self.limits.entries} files; give the archive's folder alone")
        return tuple(sorted(names))

    def files(self) -> Iterator[tuple[str, Source]]:
        for name in self.names():
            with self.open(name) as file:
                yield name, file

    @contextmanager
    def open(self, name: str) -> Iterator[Source]:
        file = self.path / name
        if file.is_symlink() or not file.is_file():
            raise Refused(f"{file}: is a link or no plain file; put the file itself there")
        with Packed(file, self.limits.window) as packed:
            yield Unbroken(packed, name)


def _walk(path: Path) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        raise Refused(f"{error.filename}: cannot be read ({error.strerror}); check its permissions")

    for folder, _, files in os.walk(path, onerror=unreadable):
        yield from (Path(folder, file) for file in files)
