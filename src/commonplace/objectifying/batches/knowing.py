"""By what a row is known again, the next time that its folder or table is read."""

import hashlib
import json
from typing import Final

from commonplace.objectifying.models import PARTS, BatchRow
from commonplace.untrusted.documents import Place
from commonplace.untrusted.visible import one_line

LONGEST: Final = 200
_KEPT: Final = 150


def key_of(place: Place, title: str, own: str) -> str:
    """Its own, else its file, else, of a row of a table, its title."""
    otherwise = title if place.row else place.file
    return _short(one_line(own) or one_line(otherwise) or one_line(title))


def digest_of(row: BatchRow) -> str:
    """Of its text, its title and whom it is for. By whose authority it is in force, and since when, changes none."""
    text = json.dumps([getattr(row, part).strip() for part in (*PARTS, "title", "audience")])
    return hashlib.sha256(text.encode()).hexdigest()


def _short(key: str) -> str:
    if len(key) <= LONGEST:
        return key
    return key[:_KEPT] + hashlib.sha256(key.encode()).hexdigest()[: LONGEST - _KEPT]
