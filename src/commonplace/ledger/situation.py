"""Who acted, as far as the ledger may know: unit, newcomer, experience, each at the time of the act."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Situation:
    """`unit_id` "" without one; `newcomer` None outside a community; `experience` new, experienced or ""."""

    unit_id: str = ""
    newcomer: bool | None = None
    experience: str = ""


UNKNOWN = Situation()
EXPERIENCES = frozenset({"", "new", "experienced"})
_readers: list[Callable[[Any, str], Situation]] = []


def reads_situations(reader: Callable[[Any, str], Situation]) -> Callable[[Any, str], Situation]:
    """The layer that knows people registers, once, how an actor's situation in a community (its id, or "") is read."""
    _readers[:] = [reader]
    return reader


def situation(actor: Any, community: str) -> Situation:
    return _readers[0](actor, community) if _readers else UNKNOWN
