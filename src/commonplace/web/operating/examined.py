"""What `commonplace doctor` says, found once a day in the background and kept in the data folder, for the page."""

import json
import logging
from dataclasses import asdict, dataclass
from datetime import datetime, time
from pathlib import Path

from django.conf import settings

from commonplace.ledger import clock
from commonplace.ledger.jobs import daily, enqueue, job
from commonplace.web import doctor

NAME = "installation.examined"
EARLY = time(4, 30)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Examined:
    """`amiss`: the doctor's own lines, in English."""

    at: datetime
    amiss: list[str]


@job(NAME, long=True, when=daily(EARLY))
def examine() -> None:
    result = Examined(clock.now(), list(doctor.complaints()))
    part = _kept().with_suffix(".part")
    part.write_text(json.dumps(asdict(result) | {"at": result.at.isoformat()}))
    part.replace(_kept())


def examine_soon() -> None:
    enqueue(NAME, key=f"{NAME} asked")


def examined() -> Examined | None:
    """The last result; None while there is none that can be read."""
    try:
        kept = json.loads(_kept().read_text())
        return Examined(datetime.fromisoformat(kept["at"]), [str(line) for line in kept["amiss"]])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("What the doctor found last cannot be read: %s", type(error).__name__)
        return None


def _kept() -> Path:
    return Path(settings.DATA) / "doctor.json"
