"""Which backups were made of this data folder, for the operator's page: when, how large, what file. The folder itself
keeps it, beside the database: whoever restores an older one still sees the newer."""

import json
import logging
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from commonplace.ledger import clock

MOST = 20
NOTED = "backups.json"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Made:
    at: datetime
    size: int
    name: str


def made() -> list[Made]:
    """The last first. What cannot be read is none."""
    try:
        rows = json.loads(_kept().read_text())
        return [Made(datetime.fromisoformat(row["at"]), int(row["size"]), str(row["name"])) for row in rows]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("The list of backups cannot be read: %s", type(error).__name__)
        return []


def note(path: Path) -> None:
    """A backup is one also where this cannot be written."""
    rows = [Made(clock.now(), path.stat().st_size, path.name), *made()][:MOST]
    part = _kept().with_suffix(".part")
    try:
        part.write_text(json.dumps([asdict(row) | {"at": row.at.isoformat()} for row in rows]))
        part.replace(_kept())
    except OSError as error:
        log.warning("That a backup was made could not be noted: %s", error.strerror)


def _kept() -> Path:
    return Path(settings.DATA) / NOTED
