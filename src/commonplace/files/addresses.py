"""How a file is named in an address and in a text."""

import re
import unicodedata
from typing import Final

from commonplace.files.kinds import Kind

LONGEST: Final = 60
_ELSE: Final = re.compile(r"[^A-Za-z0-9._-]+")
_SIGN: Final = re.compile(r"([\\`*_\[\]<>!&|~$])")
_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")


def in_address(name: str) -> str:
    """Letters, digits, `.`, `-` and `_` of a name, its ending kept: accents fall off, what has no such letter too."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    ending = _ENDING.search(letters)
    stem = letters[: ending.start()] if ending else letters
    return f"{_ELSE.sub('-', stem).strip('-.')[:LONGEST] or 'file'}{ending[0] if ending else ''}"


def in_markdown(kind: str, name: str, address: str) -> str:
    """A picture in its place, a link to anything else."""
    if kind == Kind.PICTURE:
        return f"![{_typed(_ENDING.sub('', name).replace('_', ' '))}]({address})"
    return f"[{_typed(name)}]({address})"


def _typed(words: str) -> str:
    return _SIGN.sub(r"\\\1", " ".join(words.split()))
