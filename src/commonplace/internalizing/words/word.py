"""Words of a text, in every script: what each is called in the index, and what it is made of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from commonplace.internalizing.words.folding import fold, foldings, seen
from commonplace.internalizing.words.remembering import remembered
from commonplace.internalizing.words.scripts import clusters, is_unspaced, solids, tokens

WHOLE, PART, SPLIT = 1.0, 0.5, 0.3
MOST_PARTS, MOST_RUNS = 8, 4
LETTERS_OR_DIGITS = re.compile(r"\d+|\D+")
SIGNS = "+#"


@dataclass(frozen=True, slots=True)
class Word:
    """`whole`: the names of all of it; `parts`: of what it is made of, which counts less.

    `units` are what it reads like, in their order; `solids` what has stems. In an unspaced script each pair of
    letters is a whole.
    """

    whole: tuple[str, ...]
    parts: dict[str, float]
    units: tuple[str, ...]
    solids: tuple[str, ...] = ()
    unspaced: bool = False

    @property
    def is_joined(self) -> bool:
        """Its parts may be written apart: `AB-1234`, `2AG10`, `C++`."""
        return bool(self.parts) and not self.unspaced


def spelled(text: str) -> Iterator[str]:
    """The words of a text as they are seen, in their order."""
    return (match[0] for match in tokens().finditer(seen(text)))


def word(token: str) -> Word:
    """One of `spelled`."""
    if is_unspaced(token):  # A run of many words, which does not come again: its letters are remembered.
        return _unspaced(tuple(fold(cluster) for cluster in clusters().findall(token)))
    return _spaced(token)


@remembered
def _spaced(token: str) -> Word:
    inner = solids().findall(token)
    if len(inner) > 1:
        return _joined(token, inner)
    return _single(token, inner[0]) if inner else Word((token,), {}, (token,))


def _unspaced(units: tuple[str, ...]) -> Word:
    pairs = tuple(dict.fromkeys(one + other for one, other in pairwise(units)))
    return Word(pairs or units, dict.fromkeys(units, SPLIT) if pairs else {}, units, unspaced=True)


def _single(token: str, solid: str) -> Word:
    bare = solid.rstrip(SIGNS)
    names, sign = foldings(bare), solid[len(bare) :]
    if sign or token.startswith("."):
        dot = "." if token.startswith(".") else ""
        return Word((f"{dot}{names[0]}{sign}",), dict.fromkeys(names, PART), (names[0],))
    units = _units(names[0])
    return Word(tuple(names), dict.fromkeys(units, SPLIT) if len(units) > 1 else {}, units, (bare,))


def _joined(token: str, inner: Sequence[str]) -> Word:
    singles = [_single(one, one) for one in inner]
    parts = {name: weight for one in singles for name, weight in one.parts.items()}
    parts |= {name: WHOLE for one in singles for name in one.whole}
    units = tuple(unit for one in singles for unit in one.units)
    numbers = all(map(str.isdigit, units))
    name = fold(token) if numbers else "".join(one.whole[0] for one in singles)
    return Word((name,) if len(inner) <= MOST_PARTS else (), parts, units, tuple(s for o in singles for s in o.solids))


def _units(name: str) -> tuple[str, ...]:
    """`2ag10` is also written `2 AG 10`."""
    runs = LETTERS_OR_DIGITS.findall(name)
    return tuple(runs) if 1 < len(runs) <= MOST_RUNS else (name,)
