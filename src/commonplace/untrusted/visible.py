"""What people type is there to be read: a text of nothing visible is empty, a name shows what it is."""

import unicodedata
from typing import Final

# Letters and symbols by their category, and yet nothing to see.
BLANKS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
# They join letters of one word in several scripts, and parts of one picture.
JOINERS: Final = frozenset("\u200c\u200d")


def is_blank(text: str) -> bool:
    """Nothing but spaces, controls and marks that stand on nothing."""
    return all(letter in BLANKS or unicodedata.category(letter)[0] in "CZM" for letter in text)


def is_misleading(name: str) -> bool:
    """Holds what cannot be seen: a turn of direction, a space of no width, a control, a joiner at either end."""
    return any(_is_hidden(letter) for letter in name) or name.strip() != name.strip().strip("".join(JOINERS))


def without_hidden(text: str) -> str:
    """For comparing names: two that look the same are the same."""
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf" and letter not in BLANKS)


def _is_hidden(letter: str) -> bool:
    return letter in BLANKS or (unicodedata.category(letter) in ("Cf", "Cc") and letter not in JOINERS)
