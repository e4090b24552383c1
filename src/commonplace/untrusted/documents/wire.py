"""What passes between the child and us: plain words and numbers, which are taken apart here and can do nothing."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from commonplace.untrusted.documents.found import (
    Authority,
    Exactness,
    Found,
    Link,
    Noted,
    Order,
    Parts,
    Place,
    Read,
    Refused,
    Since,
)

_REMARKS: Final[dict[str, type[Refused] | type[Noted]]] = {"refused": Refused, "noted": Noted}


def packed(read: Read) -> str:
    kind = {Found: "found", Refused: "refused", Noted: "noted"}[type(read)]
    return json.dumps([kind, asdict(read)], default=date.isoformat, ensure_ascii=True)


def unpacked(line: bytes) -> Read:
    kind, values = json.loads(line)
    place = Place(**values["place"])
    if kind in _REMARKS:
        return _REMARKS[kind](**{**values, "place": place})
    return _document(place, values)


def _document(place: Place, values: dict[str, Any]) -> Found:
    since, authority = values["since"], values["authority"]
    return Found(
        place,
        values["title"],
        Parts(**values["parts"]),
        values["fields"],
        Authority(authority) if authority else None,
        _since(since) if since else None,
        tuple(Link(**link) for link in values["links"]),
    )


def _since(values: dict[str, Any]) -> Since:
    other, order = values["month_first"], values["order"]
    return Since(
        date.fromisoformat(values["day"]),
        Exactness(values["exact_to"]),
        date.fromisoformat(other) if other else None,
        Order(order) if order else None,
        values["written"],
    )
