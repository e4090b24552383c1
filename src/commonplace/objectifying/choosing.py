"""Which practices of a list are asked for: by origin, topic and status, and what nobody looks after; any or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from commonplace.externalizing.models import Topic
from commonplace.objectifying.models import ORIGINS, STATUSES
from commonplace.objectifying.status import Status

NOBODY = "none"
"""Agreed on, and nobody looks after it."""
IN_ORDER = (
    *(Status.ACCEPTED, Status.CONTESTED, Status.BROUGHT, Status.PROPOSED, Status.CANDIDATE, Status.EXTERNALIZED),
    *(Status.UNDER_REVISION, Status.NOT_ACCEPTED, Status.SET_ASIDE, Status.REPLACED, Status.RETIRED),
)
"""As one looks for them: what is in force, what is on its way, what is no more."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Each as it stands in an address; "" where all are asked for."""

    origin: str = ""
    topic: str = ""
    status: str = ""
    steward: str = ""

    @staticmethod
    def of(asked: Mapping[str, str], topic: Topic | None) -> Choice:
        """Anything may stand in an address: what is no origin or status asks for all."""
        origin, status = asked.get("origin", ""), asked.get("status", "")
        known = {"origin": origin if origin in ORIGINS else "", "status": status if status in STATUSES else ""}
        known["steward"] = NOBODY if asked.get("steward") == NOBODY else ""
        return Choice(topic=topic.name if topic else "", **known)

    def but(self, **other: str) -> str:
        """The same with another answer to one of them, as an address has it."""
        return urlencode({name: value for name, value in asdict(replace(self, **other)).items() if value})

    @property
    def made(self) -> list[str]:
        return [name for name, value in asdict(self).items() if value]
