"""PDF, kept as it is: whole, as far as its first and last signs say."""

from typing import Final

from commonplace.untrusted.uploads.found import Taken
from commonplace.untrusted.uploads.reasons import NotTaken

BEGINNING, END = b"%PDF-", b"%%EOF"
_AFTER_IT: Final = 64


def taken(data: bytes) -> Taken:
    if not data[-_AFTER_IT - len(END) :].rstrip(b"\0\t\n\f\r ").endswith(END):
        raise NotTaken("unreadable")
    return Taken("pdf", "pdf", data)
