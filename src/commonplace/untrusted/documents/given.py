"""A folder, one file, or a zip of files: which of them are documents, and the bytes of each."""

import posixpath
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Final

from commonplace.untrusted import refused
from commonplace.untrusted.archives.folders import Folder
from commonplace.untrusted.archives.packed import Packed
from commonplace.untrusted.archives.zips import Zip
from commonplace.untrusted.documents import limits
from commonplace.untrusted.documents.reasons import Unreadable
from commonplace.untrusted.source import Source

_ENDINGS: Final = {
    "markdown": ".md .markdown .txt", "html": ".html .htm", "docx": ".docx .docm", "csv": ".csv .tsv",
    "xlsx": ".xlsx .xlsm",
}  # fmt: skip
KINDS: Final = {ending: kind for kind, endings in _ENDINGS.items() for ending in endings.split()}
# What pages and texts show or need beside them, and what systems leave behind.
_BESIDE: Final = frozenset({
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".ico", ".tif", ".tiff", ".avif", ".css", ".js", ".map",
    ".json", ".woff", ".woff2", ".ttf", ".mp4", ".webm", ".mp3", ".ini", ".db", ".lnk",
})  # fmt: skip


def kind_of(name: str) -> str:
    return KINDS.get(_ending(name), "")


def is_passed_over(name: str) -> bool:
    """Hidden, left behind by a program, or a picture and the like."""
    pieces = name.split("/")
    return (
        any(piece.startswith((".", "~$", "__MACOSX")) for piece in pieces) or _ending(name) in _BESIDE or not pieces[-1]
    )


def _ending(name: str) -> str:
    return posixpath.splitext(name)[1].lower()


def called(name: str) -> str:
    """How a reason names a kind that is not read."""
    return (_ending(name).lstrip(".").upper() or posixpath.basename(name))[:40]


def opened(path: Path) -> tuple[tuple[str, ...], Iterator[tuple[str, AbstractContextManager[Source]]]]:
    """All names, and each file to be opened in turn; raises refused.Refused."""
    if path.is_dir():
        folder = Folder(path, limits.GIVEN)
        names = folder.names()
        return names, ((name, folder.open(name)) for name in names)
    zipped = Zip(path, limits.GIVEN)
    return zipped.names(), ((name, nullcontext(source)) for name, source in zipped.files())


def documents_among(names: tuple[str, ...]) -> None:
    """Raises Unreadable if there is none, or more than anybody looks through."""
    many = sum(bool(kind_of(name)) and not is_passed_over(name) for name in names)
    if many > limits.MOST_FILES:
        raise Unreadable("too_many_files", most=limits.MOST_FILES)
    if not many:
        raise Unreadable("nothing")


def whole(source: Source) -> bytes:
    """Raises Unreadable for what is larger than a document may be."""
    pieces, size = [], 0
    while piece := source.read(limits.PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > limits.LARGEST_FILE:
            raise Unreadable("too_large", most=limits.LARGEST_FILE // limits.MB)
    return b"".join(pieces)


def alone(path: Path) -> AbstractContextManager[Source]:
    """One file, as one of a folder is opened."""
    if not path.is_file():
        raise refused.Refused(f"{path.name}: is no file or folder that can be read; check the path")
    return Packed(path, limits.MB)
