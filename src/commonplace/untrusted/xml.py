"""The rows of an XML dump, one by one, in constant memory."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NoReturn
from xml.parsers import expat

from commonplace.untrusted.refused import Refused
from commonplace.untrusted.source import Source

CHUNK: Final = 1 << 18
LARGEST_ROW: Final = 8 << 20
FOREIGN_STARTS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\0", b"\0<", b"\0\0")
INVALID_TOKEN: Final = 4

# XML forbids these characters, dumps carry them all the same: one stands for all, so that only their row is set aside.
_STAND_IN: Final = "\ufdd0"
_CONTROL: Final = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]"
    rb"|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])"
    rb"|x0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[dD][89abAB][0-9a-fA-F]{2}|[fF]{3}[eEfF]));"
)
_OPEN_REFERENCE: Final = re.compile(rb"&[^;]{0,15}\Z")


class RefusedXML(Refused):
    """The file as a whole cannot be read."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        super().__init__(f"{name} line {line}: {reason}")


@dataclass(frozen=True, slots=True)
class Row:
    """One `<row>`: the line on which it begins, and its attributes."""

    line: int
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that can be told apart but not be read."""

    line: int
    reason: str


def rows(stream: Source, name: str, root: str = "") -> Iterator[Row | Broken]:
    """The children of the root element (`root`, if given); raises `RefusedXML` naming `name` and the line."""
    reader = _Reader(name, root)
    held = b""
    while chunk := stream.read(CHUNK):
        chunk = held + chunk
        tail = _OPEN_REFERENCE.search(chunk)
        held = chunk[tail.start() :] if tail else b""
        yield from reader.feed(chunk[: len(chunk) - len(held)])
    yield from reader.feed(held, last=True)


@dataclass(slots=True)
class _Reader:
    name: str
    root: str = ""
    ready: list[Row | Broken] = field(default_factory=list)
    depth: int = 0
    fed: int = 0
    last_row: int = 0
    suspicious: bool = False
    parser: expat.XMLParserType = field(init=False)

    def __post_init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.XmlDeclHandler = self.declared
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.EntityDeclHandler = self.doctype
        self.parser.StartElementHandler = self.opened
        self.parser.EndElementHandler = self.closed

    def feed(self, chunk: bytes, last: bool = False) -> list[Row | Broken]:
        if self.fed == 0 and chunk.startswith(FOREIGN_STARTS):
            self.refuse("is not in UTF-8; save it as UTF-8 and import again")
        clean, replaced = _CONTROL.subn(b"&#xFDD0;", chunk)
        self.suspicious = self.suspicious or bool(replaced)
        self.ready = []
        try:
            self.parser.Parse(clean, last)
        except expat.ExpatError as error:
            self.explain(error, clean)
        self.fed += len(clean)
        if self.fed - self.last_row > LARGEST_ROW:
            self.refuse(f"a row is longer than {LARGEST_ROW >> 20} MB; take it out and import again")
        return self.ready

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.last_row = self.parser.CurrentByteIndex
        if self.depth == 1 and self.root and tag != self.root:
            self.refuse(f"begins with <{tag[:40]}> and not with <{self.root}>: this is another file; fetch it again")
        if self.depth == 2:
            self.ready.append(self.row(tag, attributes))
        elif self.depth > 2:
            self.refuse("an element within a row; this is not a file of rows, take the original file")

    def row(self, tag: str, attributes: dict[str, str]) -> Row | Broken:
        line = self.parser.CurrentLineNumber
        if tag != "row":
            return Broken(line, f"an element <{tag[:40]}> in place of a row")
        if self.suspicious and any(_STAND_IN in value for value in attributes.values()):
            return Broken(line, "a control character, which XML forbids")
        return Row(line, attributes)

    def closed(self, tag: str) -> None:
        self.depth -= 1

    def declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if (encoding or "utf-8").lower() not in ("utf-8", "utf8", "us-ascii", "ascii"):
            self.refuse(f"is declared as {encoding}; save it as UTF-8 and import again")

    def doctype(self, name: str, *_: object) -> NoReturn:
        if name.lower() == "html":
            self.refuse(f"is a page (<!doctype html>) and not <{self.root}>: this is another file; fetch it again")
        self.refuse("declares a document type or an entity, which may read files or explode; take the declaration out")

    def explain(self, error: expat.ExpatError, chunk: bytes) -> NoReturn:
        at = self.parser.ErrorByteIndex - self.fed
        if error.code == INVALID_TOKEN and 0 <= at < len(chunk) and chunk[at] >= 0x80:
            self.refuse("holds bytes that are not UTF-8; save it as UTF-8 and import again")
        if error.code in (3, 5, 6):
            self.refuse("the file ends in the middle; fetch it again")
        self.refuse(f"is not well-formed XML ({expat.ErrorString(error.code)}); fetch it again or repair that line")

    def refuse(self, reason: str) -> NoReturn:
        raise RefusedXML(self.name, max(1, self.parser.CurrentLineNumber), reason)
