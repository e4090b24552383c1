"""One file's bytes, by its kind, into what it holds. Runs in the child."""

import posixpath
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from commonplace.untrusted.documents.assembling import assembled, known_of, understood
from commonplace.untrusted.documents.decoding import declared, letters
from commonplace.untrusted.documents.found import Found, Noted, Place, Read, Refused
from commonplace.untrusted.documents.front import parted
from commonplace.untrusted.documents.pages import leaves_something_out, markdown_of, title_of
from commonplace.untrusted.documents.parts import split
from commonplace.untrusted.documents.reasons import Unreadable
from commonplace.untrusted.documents.rows import documents
from commonplace.untrusted.documents.sheets import of_workbook
from commonplace.untrusted.documents.tables import cells, pasted
from commonplace.untrusted.documents.wordprocessed import markdown_of_docx
from commonplace.untrusted.visible import is_blank, one_line

Reader = Callable[[bytes, Place, Mapping[str, str]], Iterator[Read]]


def read(kind: str, data: bytes, place: Place, by_hand: Mapping[str, str]) -> list[Read]:
    """All of it, or one refusal that says why; never a part of it."""
    try:
        made = list(KINDS[kind](data, place, by_hand))
        return made if any(not isinstance(one, Noted) for one in made) else [*made, Refused(place, "empty")]
    except Unreadable as unreadable:
        return [Refused(place, unreadable.why, unreadable.values, unreadable.known)]
    except RecursionError:
        return [Refused(place, "nested")]
    except MemoryError:
        raise
    except Exception:  # a reader fed with anything may raise anything
        return [Refused(place, "unreadable")]


def _markdown(data: bytes, place: Place, by_hand: Mapping[str, str]) -> Iterator[Read]:
    yield _document(letters(data), place, by_hand)


def _html(data: bytes, place: Place, by_hand: Mapping[str, str]) -> Iterator[Read]:
    front, page = parted(letters(data, declared(data)))
    if leaves_something_out(page):
        yield Noted(place, "left_out")
    yield _assembled(front, markdown_of(page), place, by_hand, title_of(page))


def _docx(data: bytes, place: Place, by_hand: Mapping[str, str]) -> Iterator[Read]:
    text, notes = markdown_of_docx(data, place)
    yield from notes
    yield _assembled([], text, place, by_hand)


def _csv(data: bytes, place: Place, by_hand: Mapping[str, str]) -> Iterator[Read]:
    yield from documents(place, cells(letters(data), by_hand), by_hand)


def _pasted(data: bytes, place: Place, by_hand: Mapping[str, str]) -> Iterator[Read]:
    yield from documents(place, pasted(letters(data), by_hand), by_hand)


def _xlsx(data: bytes, place: Place, by_hand: Mapping[str, str]) -> Iterator[Read]:
    yield from of_workbook(data, place, by_hand)


def _document(text: str, place: Place, by_hand: Mapping[str, str]) -> Found:
    front, body = parted(text)
    return _assembled(front, body, place, by_hand)


def _assembled(
    front: list[tuple[str, str]], body: str, place: Place, by_hand: Mapping[str, str], otherwise: str = ""
) -> Found:
    if not front and is_blank(body):
        raise Unreadable("empty")
    headings = understood([name for name, _ in front], by_hand, of_table=False)
    written = next((value for (_, value), field in zip(front, headings.fields, strict=True) if field == "title"), "")
    title, parts = split(body, written)
    title, values = title or otherwise or _name(place), [value for _, value in front]
    try:
        return assembled(place, headings, values, title, parts)
    except Unreadable as unreadable:
        unreadable.known = {**known_of(headings, values), "title": one_line(title)}
        raise


def _name(place: Place) -> str:
    return posixpath.splitext(posixpath.basename(place.file))[0].replace("_", " ")


KINDS: Final[dict[str, Reader]] = {
    "markdown": _markdown, "html": _html, "docx": _docx, "csv": _csv, "xlsx": _xlsx, "pasted": _pasted,
}  # fmt: skip
