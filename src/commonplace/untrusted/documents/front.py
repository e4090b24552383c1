"""The lines before a text, between two lines of dashes: names and values, each as the words that were written."""

import csv
import re
from collections.abc import Iterator
from typing import Final

from commonplace.untrusted.documents.reasons import Unreadable

MOST_LINES: Final = 200
_EDGE: Final = re.compile(r"---[ \t]*\Z")
_END: Final = re.compile(r"(?:---|\.\.\.)[ \t]*\Z")
_LINE: Final = re.compile(r"([^\s:#\[{-][^:]{0,80}):(?:[ \t]+(.*))?\Z")
_BLOCK: Final = re.compile(r"[|>][+-]?\d?\Z")


def parted(text: str) -> tuple[list[tuple[str, str]], str]:
    """The names and values, and the text without them. A line across the page before a text is none of it."""
    lines = text.split("\n")
    first = next((line for line in lines[1:] if line.strip() and not line.startswith("#")), "")
    if not _EDGE.match(lines[0]) or not _LINE.match(first):
        return [], text
    end = next((at for at, line in enumerate(lines[1 : MOST_LINES + 2], 1) if _END.match(line)), 0)
    if not end:
        raise Unreadable("front", line=min(len(lines), MOST_LINES))
    return list(_values(lines[1:end])), "\n".join(lines[end + 1 :])


def _values(lines: list[str]) -> Iterator[tuple[str, str]]:
    gathered: list[tuple[str, list[str]]] = []
    for number, line in enumerate(lines, 2):
        match = _LINE.match(line)
        if match:
            gathered.append((_unquoted(match[1].strip()), [(match[2] or "").strip()]))
        elif gathered and (not line.strip() or line[0] in " \t-"):
            gathered[-1][1].append(line.strip())
        elif line.strip() and not line.startswith("#"):
            raise Unreadable("front", line=number)
    for name, pieces in gathered:
        yield name, _value(pieces)


def _value(pieces: list[str]) -> str:
    first, rest = pieces[0], pieces[1:]
    if _BLOCK.match(first):
        return ("\n" if first[0] == "|" else " ").join(rest).strip()
    rest = [piece for piece in rest if piece and not piece.startswith("#")]
    if not first and rest and all(piece.startswith("-") for piece in rest):
        return ", ".join(_unquoted(piece[1:].strip()) for piece in rest)
    line = " ".join([first, *rest]).strip()
    if line.startswith("[") and line.endswith("]"):
        return ", ".join(_unquoted(item.strip()) for item in _items(line[1:-1]) if item.strip())
    return "" if line in ("~", "null") else _unquoted(line)


def _items(inner: str) -> list[str]:
    return next(csv.reader([inner], skipinitialspace=True), [])


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == '"':
        return re.sub(r"\\([\"\\])", r"\1", value[1:-1])
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    return value
