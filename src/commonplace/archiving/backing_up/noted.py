"""Which backups were made of this data folder, for the operator's page: when, how large, what file. Whoever restores an
older one still sees the newer."""

import logging
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from commonplace.ledger import beside, clock

MOST = 20
NOTED = "backups.json"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Made:
    at: datetime
    size: int
    name: str


def made() -> list[Made]:
    """The last first. What cannot be understood is none."""
    try:
        rows = beside.kept(NOTED) or []
        return [Made(datetime.fromisoformat(row["at"]), int(row["size"]), str(row["name"])) for row in rows]
    except (ValueError, KeyError, TypeError) as error:
        log.warning("The list of backups cannot be understood: %s", type(error).__name__)
        return []


def note(path: Path) -> None:
    """A backup is one also where this cannot be written."""
    rows = [Made(clock.now(), path.stat().st_size, path.name), *made()][:MOST]
    try:
        beside.keep(NOTED, [asdict(row) | {"at": row.at.isoformat()} for row in rows])
    except OSError as error:
        log.warning("That a backup was made could not be noted: %s", error.strerror)
