"""A text under the headings of the four parts; what stands under none of them is how it is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from commonplace.untrusted.documents.found import Link, Parts
from commonplace.untrusted.documents.words import PARTS, part_of
from commonplace.untrusted.visible import folded, one_line


@dataclass(frozen=True, slots=True)
class _Heading:
    line: int
    below: int
    level: int
    words: str


def _reader() -> MarkdownIt:
    markdown: Any = MarkdownIt("commonmark", {"html": False})
    markdown.normalizeLink = markdown.normalizeLinkText = lambda address: address
    return markdown  # type: ignore[no-any-return]


_MARKDOWN: Final = _reader()


def split(text: str, title: str = "") -> tuple[str, Parts]:
    """The title, which is the first heading unless it is known already, and the parts. Each line is in one of them."""
    lines, headings = text.split("\n"), list(_headings(text))
    first = headings[0] if headings and not part_of(headings[0].words) else None
    start = 0
    if first and folded(title or first.words) == folded(first.words):
        title = first.words
        if not "".join(lines[: first.line]).strip():
            start, headings = first.below, headings[1:]
    return title, _parts(lines, start, headings)


def _parts(lines: list[str], start: int, headings: list[_Heading]) -> Parts:
    """Below a heading of no part stands more of the part in which it stands itself."""
    texts: dict[str, list[str]] = {part: [] for part in PARTS}
    if not any(part_of(one.words) for one in headings):
        return Parts(how="\n".join(lines[start:]).strip("\n").rstrip())
    above: list[tuple[int, str]] = [(0, "how")]
    texts["how"].append("\n".join(lines[start : headings[0].line if headings else None]))
    for one, end in zip(headings, [*(other.line for other in headings[1:]), None], strict=False):
        while above[-1][0] >= one.level:
            above.pop()
        part = part_of(one.words)
        above.append((one.level, part or above[-1][1]))
        texts[above[-1][1]].append("\n".join(lines[one.below if part else one.line : end]))
    return Parts(**{part: joined(pieces) for part, pieces in texts.items()})


def joined(pieces: list[str]) -> str:
    return "\n\n".join(filter(None, (piece.strip("\n").rstrip() for piece in pieces)))


def _headings(text: str) -> Iterator[_Heading]:
    tokens = _MARKDOWN.parse(text) if "#" in text or "--" in text or "==" in text or "\n-" in text else []
    for one, words in pairwise(tokens):
        if one.type == "heading_open" and one.level == 0 and one.map:
            yield _Heading(one.map[0], one.map[1], int(one.tag[1]), _plain(words))


def _plain(inline: Token) -> str:
    return one_line("".join(_words(inline)))


def _words(inline: Token) -> Iterator[str]:
    for child in inline.children or ():
        if child.type in ("softbreak", "hardbreak"):
            yield " "
        else:
            yield child.content


def links(text: str) -> Iterator[Link]:
    """To files beside it, wherever they lead: `file` is the address without its question and place."""
    tokens = _MARKDOWN.parse(text) if "](" in text or "]:" in text else []
    for token in (child for block in tokens for child in block.children or ()):
        address = str(token.attrGet("href") or token.attrGet("src") or "")
        if token.type in ("link_open", "image") and (file := _file(address)):
            yield Link(address, file, token.type == "image")


def _file(address: str) -> str:
    try:
        pieces = urlsplit(address)
    except ValueError:
        return ""
    return "" if pieces.scheme or pieces.netloc or pieces.path.startswith("/") else unquote(pieces.path)
