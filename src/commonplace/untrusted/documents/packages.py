"""DOCX and XLSX are zips of XML, whose readers trust them: what these get to see was looked through, byte by byte."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NoReturn
from xml.parsers import expat

from commonplace.untrusted import refused
from commonplace.untrusted.archives.zips import Zip
from commonplace.untrusted.documents.limits import DEEPEST, MB, MOST_OF_A_PACKAGE, PACKAGE, PIECE
from commonplace.untrusted.documents.reasons import Unreadable
from commonplace.untrusted.source import Source

ZIPPED: Final = b"PK\3\4"
OLD_OR_LOCKED: Final = b"\xd0\xcf\x11\xe0"
LAST_ROW: Final = 1 << 20
_READ: Final = re.compile(r"\.(?:xml|rels)\Z", re.IGNORECASE)
# A chart on a sheet of its own leads to pictures, which its reader would decode.
_OF_A_CHART: Final = re.compile(r"xl/chartsheets/_rels/", re.IGNORECASE)
_TO_NOTHING: Final = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml\Z", re.IGNORECASE)
_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})\Z")
# What a reader of texts passes over: pictures, charts, drawn diagrams, formulas, files within the file.
_PASSED_OVER: Final = frozenset(("blip", "imagedata", "chart", "relIds", "oMath", "OLEObject", "altChunk"))


@dataclass(slots=True)
class Package:
    """The XML parts alone, packed anew, so that nobody reads what was not looked through here."""

    data: io.BytesIO = field(default_factory=io.BytesIO)
    has_macros: bool = False
    tags: Counter[str] = field(default_factory=Counter)
    without_result: dict[str, set[tuple[int, int]]] = field(default_factory=dict)

    @property
    def leaves_something_out(self) -> bool:
        return any(self.tags[tag] for tag in _PASSED_OVER)


def looked_through(data: bytes, name: str) -> Package:
    """Raises Unreadable for what explodes, declares entities, or is no such package."""
    if data.startswith(OLD_OR_LOCKED):
        raise Unreadable("old_or_locked")
    if not data.startswith(ZIPPED):
        raise Unreadable("unreadable")
    try:
        return _looked_through(data, name)
    except refused.Refused as refusal:
        raise Unreadable("package", detail=str(refusal).removeprefix(f"{Path(name).name}: ")) from None


def _looked_through(data: bytes, name: str) -> Package:
    package, total = Package(), 0
    with zipfile.ZipFile(package.data, "w") as anew:
        for part, source in Zip(Path(name), PACKAGE, data).files():
            package.has_macros |= "vbaproject" in part.lower()
            if not _READ.search(part):
                continue
            xml = b"".join(_pieces(source))
            total += len(xml)
            if total > MOST_OF_A_PACKAGE:
                raise Unreadable("too_much", most=MOST_OF_A_PACKAGE // MB)
            look = _Sheet() if _SHEET.match(part) else _Look()
            look.parse(xml)
            package.tags += look.tags
            package.without_result[part] = look.without_result
            anew.writestr(part, _TO_NOTHING if _OF_A_CHART.match(part) else xml)
    package.data.seek(0)
    return package


def _pieces(source: Source) -> Iterator[bytes]:
    while piece := source.read(PIECE):
        yield piece


class _Look:
    """The parser is the one that both readers use, so what is seen here is what they would see."""

    def __init__(self) -> None:
        self.tags = Counter[str]()
        self.without_result: set[tuple[int, int]] = set()
        self.depth = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self.parser.EntityDeclHandler = self.declared
        self.parser.StartElementHandler = self.opened
        self.parser.EndElementHandler = self.closed

    def parse(self, xml: bytes) -> None:
        try:
            self.parser.Parse(xml, True)
        except (expat.ExpatError, LookupError, ValueError):
            raise Unreadable("unreadable") from None

    def declared(self, *_: object) -> NoReturn:
        raise Unreadable("entities")

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable("nested")
        self.tags[tag.rpartition(" ")[2]] += 1

    def closed(self, tag: str) -> None:
        self.depth -= 1


class _Sheet(_Look):
    """It also tells cells that hold a formula and no result: their reader takes them for empty."""

    row = column = 0
    has_formula = has_result = False

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        super().opened(tag, attributes)
        name = tag.rpartition(" ")[2]
        if name == "row":
            written = attributes.get("r", "")
            self.row, self.column = int(written[:9]) if written.isdecimal() else self.row + 1, 0
            if self.row > LAST_ROW:  # all rows up to it would be made
                raise Unreadable("unreadable")
        elif name == "c":
            cell = _CELL.match(attributes.get("r", ""))
            self.column = _number(cell[1]) if cell else self.column + 1
            self.has_formula = self.has_result = False
        self.has_formula |= name == "f"
        self.has_result |= name in ("v", "is")

    def closed(self, tag: str) -> None:
        super().closed(tag)
        if tag.rpartition(" ")[2] == "c" and self.has_formula and not self.has_result:
            self.without_result.add((self.row, self.column))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
