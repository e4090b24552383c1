"""Public ids: one spelling in addresses, tables, ledger, lake and exports (docs/decisions/0002)."""

import hashlib
import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models

from commonplace.ledger import clock

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 26


def new_id() -> str:
    """A fresh id, 26 characters: 48 bits of time, so that ids sort as things happened, and 80 random bits."""
    return _spell(clock.now(), secrets.token_bytes(10))


def id_for(origin: str, kind: str, external_id: str, at: datetime) -> str:
    """The id of something out of an archive: the same wherever and however often it is read."""
    return _spell(at, hashlib.sha256("\0".join((origin, kind, external_id)).encode()).digest()[:10])


def beginning(at: datetime) -> str:
    """The least id that something of this millisecond, or a later one, can have."""
    return _spell(at, bytes(10))


def _spell(at: datetime, tail: bytes) -> str:
    number = int(at.timestamp() * 1000) << 80 | int.from_bytes(tail)
    return "".join(ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))


if TYPE_CHECKING:
    _Text = models.CharField[str, str]
else:
    _Text = models.CharField


class PublicId(_Text):
    """The primary key of everything that has an address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": LENGTH, "primary_key": True, "default": new_id, "editable": False, **kwargs})
