"""By what a row is known again, the next time that its folder or table is read."""

import hashlib
import json
from typing import Final

from commonplace.objectifying.models import PARTS, BatchRow
from commonplace.untrusted.documents import Found
from commonplace.untrusted.visible import one_line

LONGEST: Final = 200
_KEPT: Final = 150


def key_of(document: Found) -> str:
    """Its own, else its file, else, of a row of a table, its title."""
    own = one_line(document.fields.get("key", ""))
    otherwise = document.title if document.place.row else document.place.file
    return _short(own or one_line(otherwise) or one_line(document.title))


def digest_of(row: BatchRow) -> str:
    """Of its text. By whose authority it is in force, and since when, changes no version."""
    text = json.dumps([getattr(row, part).strip() for part in PARTS])
    return hashlib.sha256(text.encode()).hexdigest()


def _short(key: str) -> str:
    if len(key) <= LONGEST:
        return key
    return key[:_KEPT] + hashlib.sha256(key.encode()).hexdigest()[: LONGEST - _KEPT]
