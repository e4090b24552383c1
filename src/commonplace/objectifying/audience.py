"""Whom a practice is for; and what somebody typed of it, in a table or a document. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from commonplace.communities.models import Unit
from commonplace.objectifying.status import AudienceKind
from commonplace.untrusted.visible import folded


@dataclass(frozen=True, slots=True)
class Audience:
    """`units`: their ids, where it is for those who work in them or in a part of them."""

    kind: AudienceKind = AudienceKind.EVERYONE
    units: frozenset[str] = frozenset()


EVERYONE, NEWCOMERS = Audience(), Audience(AudienceKind.NEWCOMERS)
ALL = "all|any|every|everybody|everyone|all people|all staff|all members|tous|toutes|tous et toutes|tout le monde"
NEW = "new|newcomers?|new people|new members|new staff|new hires?|new starters?|beginners?"
NOUVEAUX = (
    "nouveaux?|nouvelles?|nouveaux et nouvelles|(?:nouveaux )?(?:arrivants|venus|membres)|nouvel arrivant|debutants?"
)
IS_ALL = re.compile(rf"(?:for )?(?:pour )?(?:{ALL})")
IS_NEW = re.compile(rf"(?:for )?(?:pour )?(?:the |les |the )?(?:{NEW}|{NOUVEAUX})")
LABEL = re.compile(r"(?:for |pour )?(?:the |les? |la )?(?:units?|unites?)\s*:?\s+")
BETWEEN = (r"[;\n|]", r",", r"/|\+|&| and | et ")


def understood(text: str, units: Iterable[Unit]) -> Audience | None:
    """What it says in English or French, with names of these units; None if it says nothing, or something else.

    A name leads to the unit that is kept; one that holds a comma or an "and" is found as a whole first.
    """
    line = re.sub(r"[ \t]+", " ", "\n".join(folded(one) for one in text.splitlines()).strip(" .\n"))
    if not line:
        return None
    named = {unit.folded: unit for unit in units}
    chosen = _units(line, named) or _units(LABEL.sub("", line, count=1), named)
    if chosen:
        return Audience(AudienceKind.UNITS, frozenset(unit.as_kept().pk for unit in chosen))
    if IS_ALL.fullmatch(line):
        return EVERYONE
    return NEWCOMERS if IS_NEW.fullmatch(line) else None


def _units(line: str, named: Mapping[str, Unit]) -> list[Unit]:
    """All of them, or none."""
    line = line.strip(" .")
    if line in named:
        return [named[line]]
    for sign in BETWEEN:
        pieces = [piece for piece in re.split(sign, line) if piece.strip()]
        if len(pieces) > 1:
            found_in = [_units(piece, named) for piece in pieces]
            if all(found_in):
                return [unit for chosen in found_in for unit in chosen]
    return []
