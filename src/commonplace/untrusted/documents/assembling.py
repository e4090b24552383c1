"""One document out of what was written before its text, in its text, or in the cells of a row."""

import json
import posixpath
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from commonplace.untrusted.documents.decoding import shown
from commonplace.untrusted.documents.found import Found, Link, Parts, Place
from commonplace.untrusted.documents.limits import LONGEST_TEXT
from commonplace.untrusted.documents.parts import joined, links
from commonplace.untrusted.documents.reasons import Unreadable
from commonplace.untrusted.documents.values import authority, since
from commonplace.untrusted.documents.words import (
    FIELDS,
    HOW_OR_REMARK,
    LEFT_OUT,
    PARTS,
    SEVERAL,
    STATUS,
    TITLE_OR_HOW,
    field_of,
    known_as,
)
from commonplace.untrusted.visible import one_line

NO_FIELD: Final = ""
KNOWN: Final = ("title", "key", "source")


@dataclass(frozen=True, slots=True)
class Headings:
    """What is written over columns, or before the colons of lines, each with the field that it means, if any."""

    names: tuple[str, ...]
    fields: tuple[str, ...]

    def unknown(self) -> tuple[str, ...]:
        return tuple(name for name, field in zip(self.names, self.fields, strict=True) if not field)


def understood(names: Sequence[str], by_hand: Mapping[str, str], of_table: bool) -> Headings:
    """As somebody mapped them by hand, else as they are known; of two that say the same the one that is called so."""
    mapped = {known_as(name): field for name, field in by_hand.items()}
    fields = [mapped.get(known_as(name), field_of(name, of_table)) for name in names]
    if of_table:
        _settle_words_of_two_meanings([known_as(name) for name in names], fields, mapped)
    for field in {*FIELDS, STATUS} - set(SEVERAL):
        same = [at for at, one in enumerate(fields) if one == field]
        if len(same) > 1:
            chosen = _chosen([names[at] for at in same], field, mapped)
            for at in same:
                fields[at] = field if names[at] == chosen else NO_FIELD
    return Headings(tuple(names), tuple(fields))


def _settle_words_of_two_meanings(names: list[str], fields: list[str], mapped: Mapping[str, str]) -> None:
    for at, name in enumerate(names):
        if name in mapped:
            continue
        if name == TITLE_OR_HOW and "title" not in fields:
            fields[at] = "title"
        elif name == HOW_OR_REMARK and fields.count("how") > 1:
            fields[at] = NO_FIELD


def _chosen(names: list[str], field: str, mapped: Mapping[str, str]) -> str:
    by_hand = [name for name in names if known_as(name) in mapped]
    chosen = by_hand or [name for name in names if known_as(name) == field]
    if field == STATUS and not by_hand:
        return (chosen or names)[0]
    if len(chosen) != 1:
        raise Unreadable("two_columns", headings=", ".join(names), names=json.dumps(names))
    return chosen[0]


def assembled(
    place: Place, headings: Headings, values: Iterable[str], title: str = "", body: Parts | None = None
) -> Found:
    """Raises Unreadable for a value that cannot be read: no half of a document comes in."""
    texts: dict[str, list[str]] = {part: [] for part in PARTS}
    fields: dict[str, str] = {}
    for name, field, value in zip(headings.names, headings.fields, map(_cleaned, values), strict=True):
        if field in PARTS:
            texts[field].append(value)
        elif field == "title":
            title = value or title
        elif value and field != LEFT_OUT:
            own = field or (name if name not in (*FIELDS, STATUS) else name.capitalize())
            fields[own] = f"{fields[own]}\n{value}" if own in fields else value
    for part in PARTS if body else ():
        texts[part].append(shown(getattr(body, part)))
    parts = Parts(**{part: joined(pieces) for part, pieces in texts.items()})
    _must_not_be_endless(parts)
    return Found(
        place, one_line(title), parts, fields,
        authority(fields.get("authority", "")), since(fields.get("since", "")), _links(place, parts),
    )  # fmt: skip


def known_of(headings: Headings, values: Iterable[object]) -> dict[str, str]:
    """What it is called and known again by, whatever else of it cannot be read."""
    pairs = zip(headings.fields, values, strict=False)
    return {field: one_line(_cleaned(value)) for field, value in pairs if field in KNOWN and isinstance(value, str)}


def _cleaned(text: str) -> str:
    return shown(text).strip()


def _must_not_be_endless(parts: Parts) -> None:
    if sum(len(getattr(parts, part)) for part in PARTS) > LONGEST_TEXT:
        raise Unreadable("too_long", most=LONGEST_TEXT)


def _links(place: Place, parts: Parts) -> tuple[Link, ...]:
    """Each file by its way from the top of what was given; whether it was given, whoever has all its names knows."""
    there = posixpath.dirname(place.file)
    all_links = (link for part in PARTS for link in links(getattr(parts, part)))
    files = {link: posixpath.normpath(posixpath.join(there, link.file)) for link in all_links}
    return tuple(Link(link.address, file, link.picture) for link, file in files.items() if not file.startswith(".."))
