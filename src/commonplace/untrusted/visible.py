"""What people type is there to be read: a text of nothing visible is empty, a name shows what it is."""

import re
import unicodedata
from typing import Final

# Letters and symbols by their category, and yet nothing to see.
BLANKS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
# They join letters of one word in several scripts, and parts of one picture.
JOINERS: Final = frozenset("\u200c\u200d")
ACCENTS: Final = re.compile("[\u0300-\u036f]")


def is_blank(text: str) -> bool:
    """Nothing but spaces, controls and marks that stand on nothing."""
    return all(letter in BLANKS or unicodedata.category(letter)[0] in "CZM" for letter in text)


def hides_something(name: str) -> bool:
    """A turn of direction, a space of no width, a control, a joiner at either end."""
    return any(map(_is_control, name)) or name.split() != one_line(name).split()


def one_line(text: str) -> str:
    """What can be seen of it, with one space for any that there are."""
    seen = "".join(letter for letter in " ".join(text.split()) if letter in JOINERS or not _is_hidden(letter))
    return " ".join(seen.strip("".join(JOINERS)).split())


def folded(name: str) -> str:
    """What makes two names one: without case, accents, width of letters, spare spaces and what nobody sees."""
    if name.isascii() and name.isprintable():
        return " ".join(name.lower().split())
    seen = unicodedata.normalize("NFKD", "".join(letter for letter in name if not _is_hidden(letter)))
    return " ".join(ACCENTS.sub("", unicodedata.normalize("NFKD", seen.casefold())).split())


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) == "Cc"


def _is_hidden(letter: str) -> bool:
    return letter in BLANKS or (unicodedata.category(letter) in ("Cf", "Cc") and not letter.isspace())
