"""The one-time code for the first account. Off loopback, only who sees the terminal or the data folder can have it."""

import hmac
import os
import secrets
from pathlib import Path

from django.conf import settings

from commonplace.communities.models import Person

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
GROUPS, GROUP = 4, 5


def is_needed() -> bool:
    """Until the first account is made."""
    return not Person.objects.accounts().exists()


def make() -> str | None:
    """The code to show in the terminal, the same until it is used; None once there is an account."""
    if not is_needed():
        remove()
        return None
    return _kept() or _written()


def matches(typed: str) -> bool:
    """Upper case and spaces do not matter. Without a code nothing matches."""
    kept = _kept()
    return bool(kept) and hmac.compare_digest(_bare(typed), _bare(kept))


def remove() -> None:
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return Path(settings.DATA) / "first.code"


def _kept() -> str:
    path = _path()
    return path.read_text().strip() if path.exists() else ""


def _written() -> str:
    code = "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    with os.fdopen(os.open(_path(), os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        file.write(code)
    return code


def _bare(code: str) -> bytes:
    return "".join(letter for letter in code.lower() if letter.isalnum()).encode()
