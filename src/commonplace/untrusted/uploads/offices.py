"""Office documents: zips whose list of contents says what they are. They are kept as they are, never unpacked whole."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from xml.parsers import expat

from commonplace.untrusted.archives.zips import Zip
from commonplace.untrusted.refused import Refused
from commonplace.untrusted.uploads.found import MEDIA_TYPES, Taken
from commonplace.untrusted.uploads.limits import LONGEST_LIST, PACKAGE
from commonplace.untrusted.uploads.reasons import NotTaken

BEGINNING: Final = b"PK\3\4"
_NAME, _PIECE = Path("document"), 8 << 10
_CONTENTS, _MIMETYPE, _MANIFEST = "[Content_Types].xml", "mimetype", "META-INF/manifest.xml"
_MAIN: Final = {MEDIA_TYPES[ending] + ".main+xml": ending for ending in ("docx", "xlsx", "pptx")}
_OPEN: Final = {MEDIA_TYPES[ending].encode(): ending for ending in ("odt", "ods", "odp")}
_MACROS: Final = re.compile(r"vbaproject|vbadata|macro|activex|^(?:object [^/]*/)?(?:basic|scripts)/", re.IGNORECASE)


def taken(data: bytes) -> Taken:
    try:
        return Taken("office", _ending(Zip(_NAME, PACKAGE, data)), data)
    except Refused:
        raise NotTaken("unreadable") from None


def _ending(package: Zip) -> str:
    names = package.names()
    _must_unpack_to_little(package.sizes())
    if any(map(_MACROS.search, names)):
        raise NotTaken("macros")
    if _CONTENTS in names:
        return _by_contents(_read(package, _CONTENTS), frozenset(names))
    if _MIMETYPE in names and _MANIFEST in names:
        return _by_mimetype(_read(package, _MIMETYPE), _read(package, _MANIFEST))
    raise NotTaken("packed")


def _by_contents(xml: bytes, names: frozenset[str]) -> str:
    parts = [attributes for _, attributes in _elements(xml)]
    types = [part.get("ContentType", "") for part in parts]
    if any(map(_MACROS.search, types)):
        raise NotTaken("macros")
    main = {_MAIN[kind] for kind in types if kind in _MAIN}
    there = {part.get("PartName", "").removeprefix("/") for part in parts if part.get("ContentType") in _MAIN}
    if len(main) != 1 or not there <= names:
        raise NotTaken("kind")
    return main.pop()


def _by_mimetype(mimetype: bytes, manifest: bytes) -> str:
    tags = {tag for tag, _ in _elements(manifest)}
    if "encryption-data" in tags:
        raise NotTaken("locked")
    ending = _OPEN.get(mimetype.strip())
    if not ending:
        raise NotTaken("kind")
    return ending


def _must_unpack_to_little(sizes: Iterable[tuple[int, int]]) -> None:
    """By what it says of itself: whoever unpacks it and finds more has a program that says it is damaged."""
    total = 0
    for unpacked, packed in sizes:
        total += unpacked
        if total > PACKAGE.total or (unpacked > PACKAGE.window and unpacked > PACKAGE.ratio * packed):
            raise NotTaken("unreadable")


def _read(package: Zip, name: str) -> bytes:
    with package.open(name) as source:
        pieces, size = [], 0
        while piece := source.read(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > LONGEST_LIST:
                raise NotTaken("unreadable")
    return b"".join(pieces)


def _elements(xml: bytes) -> list[tuple[str, dict[str, str]]]:
    """Each with its local name; nothing is declared in a list of contents."""
    seen: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda tag, attributes: seen.append((tag.rpartition(" ")[2], attributes))
    parser.EntityDeclHandler = _declared
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise NotTaken("unreadable") from None
    return seen


def _declared(*_: object) -> None:
    raise NotTaken("unreadable")
