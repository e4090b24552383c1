"""A pasted list of people, or CSV: name, e-mail address, unit. Lines that cannot be read are told by their number."""

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from commonplace.untrusted.visible import folded, one_line

MOST_LINES = 500
SEPARATORS = "\t;,"
COLUMNS = ("name", "email", "unit")
HEADINGS = {
    **dict.fromkeys(("name", "nom"), "name"),
    **dict.fromkeys(("email", "e-mail", "mail", "address", "adresse", "courriel"), "email"),
    **dict.fromkeys(("unit", "unite", "service"), "unit"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    name: str
    email: str
    unit: str = ""

    def line(self) -> str:
        return "\t".join((self.name, self.email, self.unit))


@dataclass(frozen=True, slots=True)
class Unread:
    number: int
    text: str
    why: str


def read(text: str, taken: Collection[str] = ()) -> tuple[list[Listed], list[Unread]]:
    """People, each address once and none in `taken`, and the lines that were not understood. Numbers count from 1."""
    people: dict[str, Listed] = {}
    unread: list[Unread] = []
    columns: tuple[str, ...] = COLUMNS
    for number, line in _lines(text):
        headings = _headings(line)
        if headings and not people and not unread:
            columns = headings
            continue
        try:
            person = _person(dict(zip(columns, _cells(line), strict=False)))
            _refuse_more(person, people.keys() | set(taken))
            people[person.email] = person
        except ValueError as refusal:
            unread.append(Unread(number, line, str(refusal)))
    return list(people.values()), unread


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1) if line.strip())


def _cells(line: str) -> list[str]:
    """Cut at the separator that sets the address apart, so that a comma within a name does no harm."""
    for separator in SEPARATORS:
        cells = [one_line(cell) for cell in next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])]
        if len(cells) > 1 and any(_is_address(cell) for cell in cells):
            return cells
    raise ValueError(_("expected a name, an e-mail address and perhaps a unit, with commas between"))


def _headings(line: str) -> tuple[str, ...]:
    for separator in SEPARATORS:
        cells = [HEADINGS.get(folded(cell.strip().strip('"')), "") for cell in line.split(separator)]
        if {"name", "email"} <= set(cells):
            return tuple(cells)
    return ()


def _person(cells: dict[str, str]) -> Listed:
    name, email, unit = (cells.get(column, "") for column in COLUMNS)
    if not _is_address(email):
        raise ValueError(_("“%(text)s” is not an e-mail address") % {"text": email[:80]})
    if not name or len(name) > 120 or len(unit) > 80:
        raise ValueError(_("a name is missing, or longer than 120 letters, or a unit longer than 80"))
    return Listed(name, email.lower(), unit)


def _refuse_more(person: Listed, taken: Collection[str]) -> None:
    if person.email in taken:
        raise ValueError(_("this address is in the list or has an account already"))
    if len(taken) >= MOST_LINES:
        raise ValueError(_("at most %(most)s people at a time") % {"most": MOST_LINES})


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254
