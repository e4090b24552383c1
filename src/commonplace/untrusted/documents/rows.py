"""A table's rows, each a document by itself, below the row of headings."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from commonplace.untrusted.documents.assembling import Headings, assembled, known_of, understood
from commonplace.untrusted.documents.found import Found, Noted, Order, Place, Read, Refused
from commonplace.untrusted.documents.limits import MOST_COLUMNS, MOST_ROWS
from commonplace.untrusted.documents.reasons import Unreadable
from commonplace.untrusted.documents.values import order_of
from commonplace.untrusted.documents.words import FIELDS, STATUS
from commonplace.untrusted.visible import folded

KNOWN: Final = frozenset((*FIELDS, STATUS))
# Titles and dates of a whole table may stand above its headings.
MOST_ABOVE: Final = 10


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that has no value to be read."""

    why: str
    value: str = ""


Cell = str | Unread
Rows = Iterable[tuple[int, list[Cell]]]


def documents(place: Place, rows: Rows, by_hand: Mapping[str, str]) -> list[Read]:
    """All that one table gives; raises Unreadable where it cannot be read as a whole."""
    filled = ((number, row) for number, row in _trimmed(rows) if row)
    above: list[tuple[int, list[Cell]]] = []
    for number, row in filled:
        headings = _headings(row, by_hand)
        if "title" in headings.fields:
            return [*_above(place, above), *_below(place, headings, filled)]
        above.append((number, row))
        if len(above) == MOST_ABOVE:
            break
    if not above:
        return []
    widest = max((row for _, row in above), key=len)
    raise Unreadable("no_title", **_named([cell for cell in widest if isinstance(cell, str)]))


def _trimmed(rows: Rows) -> Iterator[tuple[int, list[Cell]]]:
    """Without empty cells at its end."""
    for number, row in rows:
        while row and row[-1] == "":
            row.pop()
        if len(row) > MOST_COLUMNS:
            raise Unreadable("too_many_columns", most=MOST_COLUMNS)
        yield number, row


def _headings(row: list[Cell], by_hand: Mapping[str, str]) -> Headings:
    """A column without one is called as spreadsheets call it."""
    names = [" ".join(cell.split()) if isinstance(cell, str) else "" for cell in row]
    return understood([name or letters(at) for at, name in enumerate(names, 1)], by_hand, of_table=True)


def letters(number: int) -> str:
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _below(place: Place, headings: Headings, rows: Rows) -> list[Read]:
    read: list[Read] = []
    used: set[str] = set()
    for count, (number, row) in enumerate(rows, 1):
        if count > MOST_ROWS:
            raise Unreadable("too_many_rows", most=MOST_ROWS)
        used.update(name for name, cell in zip(headings.names, row, strict=False) if cell != "")
        read.append(_document(replace(place, row=number), headings, row))
    unknown = [name for name in headings.unknown() if name in used]
    read = _told_by_the_others(read)
    notes = [Noted(place, "unknown_columns", _named(unknown))] if unknown else []
    return [*notes, *_otherwise_called(place, headings), *read]


def _otherwise_called(place: Place, headings: Headings) -> Iterator[Noted]:
    """Columns that are known, where any is not called as its field is."""
    known = {name: field for name, field in zip(headings.names, headings.fields, strict=True) if field in KNOWN}
    if any(folded(name) != field for name, field in known.items()):
        listed = _listed(f"{name} = {field}" for name, field in known.items())
        yield Noted(place, "known_columns", {"headings": listed, "known": json.dumps(known)})


def _told_by_the_others(read: list[Read]) -> list[Read]:
    """Of a date that reads two ways: as all others of its column are written that can be read in one way only."""
    orders = {order_of(one.fields.get("since", "")) for one in read if isinstance(one, Found)} - {None}
    if len(orders) != 1:
        return read
    [order] = orders
    return [_ordered(one, order) if isinstance(one, Found) else one for one in read]


def _ordered(one: Found, order: Order | None) -> Found:
    if one.since is None or one.since.month_first is None:
        return one
    return replace(one, since=replace(one.since, order=order))


def _document(place: Place, headings: Headings, row: list[Cell]) -> Read:
    try:
        made = assembled(place, headings, _values(headings, row))
        if not made.title:
            raise Unreadable("row_without_title")
        return made
    except Unreadable as unreadable:
        return Refused(place, unreadable.why, unreadable.values, known_of(headings, row))


def _values(headings: Headings, row: list[Cell]) -> Iterator[str]:
    if len(row) > len(headings.names):
        raise Unreadable("row_too_wide")
    for name, cell in zip(headings.names, chain(row, [""] * (len(headings.names) - len(row))), strict=True):
        if isinstance(cell, Unread):
            raise Unreadable(cell.why, heading=name, value=cell.value)
        yield cell


def _above(place: Place, rows: list[tuple[int, list[Cell]]]) -> Iterator[Read]:
    words = _listed(str(cell) for _, row in rows for cell in row if isinstance(cell, str))
    if words:
        yield Noted(place, "above_headings", {"words_there": words})


def _named(headings: Sequence[str]) -> dict[str, str]:
    """`headings`: to be read; `names`: each by itself, for somebody to say what it means."""
    names = [name for name in (" ".join(one.split()) for one in headings) if name]
    return {"headings": _listed(names), "names": json.dumps(names)}


def _listed(names: Iterable[str]) -> str:
    """As many as one reads."""
    line = ", ".join(name for name in (" ".join(one.split()) for one in names) if name)
    return line if len(line) <= 500 else line[:500] + "…"
