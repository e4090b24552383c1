"""Every kind of job there is, by its stable name: a row outlives the function that is behind the name today."""

from collections.abc import Callable
from dataclasses import dataclass

from commonplace.ledger.jobs.schedules import Schedule

Work = Callable[..., None]


class UnknownJob(Exception):
    """Nobody here answers to the name: it was renamed, or this is an older program."""


class NameTaken(Exception):
    """Two functions answer to one name."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`long` work runs outside a transaction under a lease that is renewed meanwhile; it must bear being done twice."""

    name: str
    work: Work
    long: bool = False
    when: Schedule | None = None


KINDS: dict[str, Kind] = {}


def job(name: str, *, long: bool = False, when: Schedule | None = None) -> Callable[[Work], Work]:
    """The function behind a name. If not `long`, its effect happens once."""

    def register(work: Work) -> Work:
        if name in KINDS:
            raise NameTaken(name)
        KINDS[name] = Kind(name, work, long, when)
        return work

    return register


def kind_of(name: str) -> Kind:
    if name not in KINDS:
        raise UnknownJob(name)
    return KINDS[name]
