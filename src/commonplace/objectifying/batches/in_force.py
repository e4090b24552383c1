"""Which words of a status say that something is in force, in English and French."""

import re
from collections.abc import Mapping
from typing import Final

from commonplace.untrusted.documents import STATUS, Found
from commonplace.untrusted.visible import folded

_HEADINGS: Final = ("status", "state", "statut", "état")
_WORDS: Final = (
    "final, active, accepted, approved, adopted, agreed, ratified, in force, in effect, effective, in use, current,"
    " valid, applicable, applies, mandatory,"
    " final, finale, actif, active, accepte, acceptee, approuve, approuvee, adopte, adoptee, convenu, convenue,"
    " ratifie, ratifiee, en vigueur, en application, en usage, valide, validee, valable, applique, appliquee,"
    " obligatoire"
)
_IN_FORCE: Final = frozenset(word.strip() for word in _WORDS.split(","))

_SLIPPED: Final = re.compile(rf"(?:{'|'.join(_HEADINGS)})\s*:\s*(\S.{{0,80}})\Z", re.IGNORECASE)


def status_of(document: Found) -> str:
    """As it is written there; "" where nothing is. Behind a name that was left empty stands the next line, too."""
    slipped = (_SLIPPED.match(words) for words in document.fields.values())
    named = document.fields.get(STATUS, "").strip()
    return next(filter(None, (named, *(line[1] for line in slipped if line))), "")


def meant(status: str) -> str:
    """What two ways to write a status have in common."""
    return folded(status).strip(" .:;!*_-")


def is_in_force(status: str, meanings: Mapping[str, bool]) -> bool:
    """As somebody said by hand, else by the words that are known. What has no status is taken at their word."""
    word = meant(status)
    return meanings.get(word, not word or word in _IN_FORCE)
