"""CSV, and what is copied out of a spreadsheet: which sign separates the cells is told by the headings."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final

from commonplace.untrusted.documents.assembling import understood
from commonplace.untrusted.documents.limits import LONGEST_TEXT, MOST_COLUMNS
from commonplace.untrusted.documents.reasons import Unreadable
from commonplace.untrusted.documents.rows import MOST_ABOVE, Cell

_SIGNS: Final = "\t;,"
_TRIED: Final = 1 << 16


def cells(text: str, by_hand: Mapping[str, str]) -> Iterator[tuple[int, list[Cell]]]:
    """Numbered as a spreadsheet does; raises Unreadable where a quotation mark leaves open what belongs together."""
    csv.field_size_limit(LONGEST_TEXT)
    sign, skipped = _named(text)
    text = text.partition("\n")[2] if skipped else text
    sign = sign or _sign(text, by_hand)
    reader = csv.reader(_lines(text), delimiter=sign, strict=True)
    try:
        for number, row in enumerate(reader, 1 + skipped):
            yield number, list(row)
    except csv.Error:
        raise Unreadable("quotation", line=reader.line_num + skipped) from None


def pasted(text: str, by_hand: Mapping[str, str]) -> list[tuple[int, list[Cell]]]:
    """Some programs put no cell between quotation marks: lines of as many cells stand for themselves."""
    try:
        return list(cells(text, by_hand))
    except Unreadable:
        rows = [line.split("\t") for line in text.split("\n") if line]
        if len({len(row) for row in rows}) != 1 or len(rows[0]) < 2:
            raise
        return [(number, list(row)) for number, row in enumerate(rows, 1)]


def _lines(text: str) -> Iterable[str]:
    return io.StringIO(text, newline="")


def _named(text: str) -> tuple[str, int]:
    """Excel writes it on a line of its own."""
    first = text[:20].partition("\n")[0].strip()
    return (first[4], 1) if first.lower().startswith("sep=") and len(first) == 5 else ("", 0)


def _sign(text: str, by_hand: Mapping[str, str]) -> str:
    return max(_SIGNS, key=lambda sign: _understood(text, sign, by_hand))


def _understood(text: str, sign: str, by_hand: Mapping[str, str]) -> tuple[bool, int]:
    """Whether a title is among the headings, and how many cells these are."""
    best = (False, 0)
    reader = csv.reader(_lines(text[:_TRIED]), delimiter=sign)
    try:
        for row in islice(filter(any, reader), MOST_ABOVE):
            best = max(best, (_has_title(row, by_hand), len(row)))
    except csv.Error:
        pass
    return best


def _has_title(row: list[str], by_hand: Mapping[str, str]) -> bool:
    try:
        return "title" in understood(row[:MOST_COLUMNS], by_hand, of_table=True).fields
    except Unreadable:
        return True
