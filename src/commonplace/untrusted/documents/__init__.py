"""Documents that an organization has already: texts, pages and tables, each read whole or set aside with a reason."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Final

from commonplace.untrusted import refused
from commonplace.untrusted.documents import given, limits
from commonplace.untrusted.documents.fence import Fence
from commonplace.untrusted.documents.found import (
    Authority,
    Exactness,
    Found,
    Link,
    Noted,
    Order,
    Parts,
    Place,
    Read,
    Refused,
    Since,
)
from commonplace.untrusted.documents.reasons import Unreadable
from commonplace.untrusted.documents.words import FIELDS, LEFT_OUT, STATUS
from commonplace.untrusted.source import Source

__all__ = [
    "FIELDS", "LEFT_OUT", "STATUS", "Authority", "Exactness", "Found", "Link", "Noted", "Order", "Parts", "Place",
    "Read", "Refused", "Since", "from_pasted", "read",
]  # fmt: skip

NO_MAPPING: Final[Mapping[str, str]] = {}


def read(path: Path, by_hand: Mapping[str, str] = NO_MAPPING, name: str = "", seconds: int = 0) -> Iterator[Read]:
    """What a folder, a file or a zip of files holds, file after file, each read in a child with limits.

    `by_hand` says of a column, or of a name before a text, which of `FIELDS` it means, STATUS, "" that it means
    none and is kept as it is, or LEFT_OUT that it is not.
    `name` is what whoever sent the file called it, if it lies elsewhere under another. `seconds`: for all of it,
    if not as many as `limits` has.
    """
    name = name or path.name
    with Fence(of_all=seconds) as fence:
        try:
            if path.is_dir() or name.lower().endswith(".zip"):
                yield from _all(path, by_hand, fence)
            else:
                yield from _one(name, given.alone(path), by_hand, fence)
        except refused.Refused as refusal:
            yield Refused(Place(name), "archive", {"detail": str(refusal)})
        except Unreadable as unreadable:
            yield Refused(Place(name), unreadable.why, unreadable.values)


def _all(path: Path, by_hand: Mapping[str, str], fence: Fence) -> Iterator[Read]:
    all_of_it = given.opened(path)
    for name, refusal in all_of_it.broken.items():
        yield Refused(Place(name), "archive", {"detail": str(refusal)})
    given.documents_among(all_of_it)
    there = frozenset(all_of_it.names)
    for name, file in all_of_it.files:
        if given.is_passed_over(name):
            continue
        if fence.taken > limits.MOST_OF_ALL or fence.is_spent:
            yield Refused(Place(name), "more_than_all", limits.of_all(fence.of_all))
            return
        for one in _one(name, file, by_hand, fence):
            made = _with_links(one, there)
            yield made
            if pictures := _pictures(made):
                yield Noted(made.place, "pictures", {"pictures": pictures})


def _one(name: str, file: AbstractContextManager[Source], by_hand: Mapping[str, str], fence: Fence) -> Iterator[Read]:
    place, kind = Place(name.encode(errors="surrogateescape").decode(errors="replace")), given.kind_of(name)
    if not kind:
        yield Refused(place, "kind", {"kind": given.called(name)})
        return
    try:
        with file as source:
            data = given.whole(source)
    except Unreadable as unreadable:
        yield Refused(place, unreadable.why, unreadable.values)
    except refused.Refused as refusal:
        yield Refused(place, "archive", {"detail": str(refusal)})
    else:
        yield from fence.read(kind, data, place, by_hand)


def _with_links(one: Read, there: frozenset[str]) -> Read:
    """Only to what was given: what is elsewhere stays words and an address in the text."""
    if not isinstance(one, Found) or not one.links:
        return one
    return replace(one, links=tuple(link for link in one.links if link.file in there))


def _pictures(one: Read) -> str:
    """Those that were given with it: the text still names them."""
    files = [link.file for link in one.links if link.picture] if isinstance(one, Found) else []
    return ", ".join(dict.fromkeys(files))[:500]


def from_pasted(text: str, by_hand: Mapping[str, str] = NO_MAPPING) -> list[Read]:
    """The rows of a table that was copied out of a spreadsheet; `place` has no file."""
    data = text.encode(errors="replace")
    if len(data) > limits.LARGEST_FILE:
        return [Refused(Place(""), "too_large", {"most": limits.LARGEST_FILE // limits.MB})]
    with Fence() as fence:
        return fence.read("pasted", data, Place(""), by_hand)
