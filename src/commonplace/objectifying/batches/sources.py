"""A source by another spelling of its name would bring everything in anew: it is told before, with the known name."""

import re
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q

from commonplace.communities.models import Community
from commonplace.objectifying.models import Batch, Bringing
from commonplace.untrusted.visible import folded

MOST: Final = 200
_SIGNS: Final = re.compile(r"[\W_]+")
_WHICH: Final = (
    r"(?:19|20)\d\d|\d+(?:st|nd|rd|th|ere?|e|eme)|first|second|third|fourth|fifth|sixth|new|latest|revised|current"
    r"|premiere|deuxieme|seconde|troisieme|quatrieme|cinquieme|sixieme|nouvelle|derniere|actuelle"
)
_EDITION: Final = re.compile(
    rf"\b(?:(?:{_WHICH}) )*(?:edition|edn|ed|version|ver|revision|rev|mise a jour|maj|v(?=\d| \d))"
    r"(?: ?\d+)*(?: (?:revised|revisee?|augmentee?))?\b"
)


@dataclass(frozen=True, slots=True)
class Otherwise:
    """`spelled`: as this draft calls it, with how many rows; `known`: as it is called here, with how many practices."""

    spelled: str
    rows: int
    known: str
    practices: int


def alike(name: str) -> str:
    """What two spellings have in common: neither case, accents, spaces, signs, nor which edition it is."""
    words = _SIGNS.sub(" ", folded(name).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")).strip()
    return (_EDITION.sub(" ", words).replace(" ", "")) or words.replace(" ", "")


def known_sources(person: Any, community: Community) -> dict[str, int]:
    """By which rows are known again here, as far as this person may read them, with how many practices each."""
    rows = Bringing.objects.visible_to(person).filter(practice__community=community).exclude(Q(key="") | Q(whole=""))
    counted = rows.order_by().values_list("whole").annotate(n=Count("pk")).order_by("-n", "whole")
    return dict(counted[:MOST])


def spelled_otherwise(batch: Batch) -> list[Otherwise]:
    """It may be known here by another spelling: the one with the most practices."""
    known = known_sources(batch.by, batch.community)
    name = {alike(name): name for name in reversed(known)}.get(alike(batch.called), "")
    if not name or batch.called in known:
        return []
    return [Otherwise(batch.called, batch.rows.count(), name, known[name])]
