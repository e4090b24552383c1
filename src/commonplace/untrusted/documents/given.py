"""A folder, one file, or a zip of files: which of them are documents, and the bytes of each."""

import posixpath
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
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


Files = Iterator[tuple[str, AbstractContextManager[Source]]]


@dataclass(frozen=True, slots=True)
class Given:
    """All names, each file to be opened in turn, and the zips among them that cannot be opened, with the reason."""

    names: tuple[str, ...]
    files: Files
    broken: Mapping[str, refused.Refused]


def opened(path: Path) -> Given:
    """Raises refused.Refused. A zip within a folder is as its files, unpacked there; none within a zip is."""
    if path.is_dir():
        return _unpacked(Folder(path, limits.GIVEN))
    zipped = Zip(path, limits.GIVEN)
    return Given(zipped.names(), ((name, nullcontext(source)) for name, source in zipped.files()), {})


def _unpacked(folder: Folder) -> Given:
    plain = folder.names()
    within: dict[str, dict[str, str]] = {}
    broken: dict[str, refused.Refused] = {}
    taken = {name for name in plain if not _is_zip(name)}
    for name in filter(_is_zip, plain):
        try:
            with folder.open(name):
                within[name] = _named_apart(name, Zip(folder.path / name, limits.GIVEN).names(), taken)
        except refused.Refused as refusal:
            broken[name] = refusal
        taken.update(within.get(name, {}).values())
        if len(taken) > limits.GIVEN.entries:
            raise refused.Refused(f"{folder.path}: holds over {limits.GIVEN.entries} files; give what is needed alone")
    return Given(tuple(taken), _each(folder, plain, within), broken)


def _each(folder: Folder, plain: tuple[str, ...], within: Mapping[str, Mapping[str, str]]) -> Files:
    for name in plain:
        if name in within:
            sources = Zip(folder.path / name, limits.GIVEN).files()
            yield from ((within[name][inner], nullcontext(source)) for inner, source in sources)
        elif not _is_zip(name):
            yield name, folder.open(name)


def _named_apart(zipped: str, names: tuple[str, ...], taken: Collection[str]) -> dict[str, str]:
    """As they are called where the zip is given alone; under its name where another file is called so."""
    at = posixpath.dirname(zipped)
    return {
        name: zipped + "/" + name if posixpath.join(at, name) in taken else posixpath.join(at, name) for name in names
    }


def _is_zip(name: str) -> bool:
    return _ending(name) == ".zip" and not is_passed_over(name)


def documents_among(given: Given) -> None:
    """Raises Unreadable if there is none, or more than anybody looks through."""
    many = sum(bool(kind_of(name)) and not is_passed_over(name) for name in given.names)
    if many > limits.MOST_FILES:
        raise Unreadable("too_many_files", most=limits.MOST_FILES)
    if not many and not given.broken:
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
