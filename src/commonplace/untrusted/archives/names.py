"""Names within an archive: relative, plain, and each only once."""

import re
from collections.abc import Iterable
from typing import Final

from commonplace.untrusted.refused import Refused

DRIVE: Final = re.compile(r"^[A-Za-z]:")
LONGEST: Final = 1_000


def checked(name: str, archive: str) -> str:
    """The name with forward slashes; raises `Refused` if it leads out of the archive."""
    plain = name.replace("\\", "/")
    parts = plain.split("/")
    if plain.startswith("/") or DRIVE.match(plain) or ".." in parts:
        raise Refused(f"{archive}: holds {_shown(name)}, which leads out of its folder; do not trust this archive")
    if not plain or len(plain) > LONGEST or not plain.isprintable():
        raise Refused(f"{archive}: holds a name that no file should have ({_shown(name)}); pack it again")
    return "/".join(part for part in parts if part not in ("", "."))


def once(names: Iterable[str], archive: str) -> tuple[str, ...]:
    """All names; raises `Refused` if one stands for two files."""
    seen: dict[str, None] = {}
    for name in names:
        if name in seen:
            raise Refused(f"{archive}: holds {_shown(name)} twice; pack it again")
        seen[name] = None
    return tuple(seen)


def _shown(name: str) -> str:
    return repr(name if len(name) <= 80 else name[:80] + "…")
