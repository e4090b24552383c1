"""What `commonplace doctor` finds that takes long: looked at once a day in the background, kept for the page."""

import logging
from dataclasses import asdict, dataclass
from datetime import datetime, time

from commonplace.ledger import beside, clock
from commonplace.ledger.jobs import daily, enqueue, job
from commonplace.web import doctor

NAME, KEPT = "installation.examined", "doctor.json"
EARLY = time(4, 30)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Examined:
    """`amiss`: the doctor's own lines, in English."""

    at: datetime
    amiss: list[str]


@job(NAME, long=True, when=daily(EARLY))
def examine() -> None:
    result = Examined(clock.now(), list(doctor.thorough()))
    beside.keep(KEPT, asdict(result) | {"at": result.at.isoformat()})


def examine_soon() -> None:
    enqueue(NAME, key=f"{NAME} asked")


def examined() -> Examined | None:
    """The last result; None while there is none that can be understood."""
    if (last := beside.kept(KEPT)) is None:
        return None
    try:
        return Examined(datetime.fromisoformat(last["at"]), [str(line) for line in last["amiss"]])
    except (ValueError, KeyError, TypeError) as error:
        log.warning("What the doctor found last cannot be understood: %s", type(error).__name__)
        return None
