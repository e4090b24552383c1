"""Dates and authority, as people write them in tables: read to a value, or said not to be readable."""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from commonplace.untrusted.documents.found import Authority, Exactness, Order, Since
from commonplace.untrusted.documents.reasons import Unreadable
from commonplace.untrusted.visible import folded

_AUTHORITIES: Final = {
    Authority.IMPOSED: "imposed, mandatory, compulsory, obligatory, required, binding, law, by law, legal, regulation,"
    " regulatory, impose, imposee, obligatoire, reglementaire, prescrit, prescrite, loi, legal, legale, requis",
    Authority.AGREED_ELSEWHERE: "agreed elsewhere, agreed, decided elsewhere, accepted elsewhere, adopted elsewhere,"
    " agreed_elsewhere, accepted, adopted, convenu ailleurs, convenu, convenue ailleurs, decide ailleurs,"
    " decidee ailleurs, accepte ailleurs, acceptee ailleurs, adopte ailleurs, adoptee ailleurs",
    Authority.HABIT: "habit, custom, habitual, customary, usual, by habit, habitude, usage, coutume, usuel,"
    " par habitude",
    Authority.UNKNOWN: "unknown, not known, don't know, ?, n/a, inconnu, inconnue, pas connu, non connu, ne sait pas",
}
_BY_WORD: Final = {word.strip(): one for one, words in _AUTHORITIES.items() for word in words.split(",")}
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier janv", "february feb fevrier fevr fev", "march mar mars", "april apr avril avr",
            "may mai", "june jun juin", "july jul juillet juil", "august aug aout", "september sep sept septembre",
            "october oct octobre", "november nov novembre", "december dec decembre",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_YEAR: Final = r"(?P<year>[12]\d{3})"
_TIME: Final = r"(?:[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:z|utc|[+-]\d{2}:?\d{2}))?)?"
_NAMED: Final = r"(?P<name>[a-z]{3,9})\.?"
MONTHS: Final = 12
_FORMS: Final = [
    re.compile(form + r"\Z", re.ASCII)
    for form in (
        rf"{_YEAR}(?P<sign>[-/.])(?P<month>\d{{1,2}})(?P=sign)(?P<day>\d{{1,2}}){_TIME}",
        rf"(?P<day>\d{{1,2}})(?P<between>[-/.]) ?(?P<month>\d{{1,2}})(?P=between) ?{_YEAR}{_TIME}",
        rf"(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\.?[ -]{_NAMED}[ -]{_YEAR}",
        rf"{_NAMED} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}",
        rf"{_NAMED}[ -]{_YEAR}",
        rf"{_YEAR}-(?P<month>\d{{1,2}})",
        rf"(?P<month>\d{{1,2}})[/.]{_YEAR}",
        _YEAR,
    )
]


def authority(words: str) -> Authority | None:
    """None where nothing is written."""
    if not words.strip():
        return None
    known = _BY_WORD.get(folded(words).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").strip(" ."))
    if known is None:
        raise Unreadable("authority", value=words.strip()[:80])
    return known


def since(words: str) -> Since | None:
    """The day stands before the month, as in both our languages, unless it is a day only the other way; None where
    nothing is written."""
    if not folded(words):
        return None
    try:
        return _both_ways(_pieces(words), words)
    except (ValueError, KeyError):
        raise Unreadable("date", value=words.strip()[:80]) from None


def order_of(words: str) -> Order | None:
    """What a date tells of those beside it: None of one that reads two ways, and of one without such an order."""
    try:
        first, second = _numbers(_pieces(words))
    except ValueError:
        return None
    if max(first, second) <= MONTHS:
        return None
    return Order.MONTH if second > MONTHS else Order.DAY


def _pieces(words: str) -> dict[str, str]:
    line = folded(words)
    match = next(filter(None, (form.match(line) for form in _FORMS)), None)
    if match is None:
        raise ValueError(words)
    return {name: piece for name, piece in match.groupdict().items() if piece is not None}


def _numbers(pieces: dict[str, str]) -> tuple[int, int]:
    """As they stand; with points between them the day is the first everywhere."""
    if pieces.get("between", ".") == ".":
        return 0, 0
    return int(pieces["day"]), int(pieces["month"])


def _both_ways(pieces: dict[str, str], words: str) -> Since:
    first, second = _numbers(pieces)
    if first == second:
        return _since(pieces)
    turned = {**pieces, "day": pieces["month"], "month": pieces["day"]}
    if second > MONTHS:
        return _since(turned)
    read = _since(pieces)
    return read if first > MONTHS else replace(read, month_first=_since(turned).day, written=words.strip()[:80])


def _since(pieces: dict[str, str]) -> Since:
    month = _MONTHS[pieces["name"]] if "name" in pieces else int(pieces.get("month") or 0)
    day = int(pieces.get("day") or 0)
    exact = Exactness.DAY if "day" in pieces else Exactness.MONTH if month else Exactness.YEAR
    if "month" in pieces and not month:
        raise ValueError(pieces)
    return Since(date(int(pieces["year"]), month or 1, day if "day" in pieces else 1), exact)
