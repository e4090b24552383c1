"""SQLite: copied by its own backup interface, checked by its own integrity check."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from django.db import connection

from commonplace.archiving.backing_up.unsealed import UNSEALED
from commonplace.ledger import seal
from commonplace.ledger.sqlite.pen import BESIDE
from commonplace.untrusted.refused import Refused

NAME: Final = "database.sqlite3"


class SQLite:
    def __init__(self, settings: dict[str, Any]) -> None:
        self.path = Path(settings["NAME"])

    def dump(self, folder: Path) -> Path:
        if not self.path.is_file():
            raise Refused("there is nothing to back up: the data folder holds no database; check COMMONPLACE_DATA")
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(folder / NAME)) as copy:
            source.backup(copy)
        return folder / NAME

    def try_out(self, folder: Path) -> None:
        if not (folder / NAME).is_file():
            raise Refused("this backup is of another kind of database; set COMMONPLACE_DATABASE as it was")
        try:
            with closing(sqlite3.connect(folder / NAME)) as copy:
                _require_whole(copy)
        except sqlite3.DatabaseError as error:
            raise Refused(f"the database in the backup is damaged ({error}); take another backup") from None

    def put_back(self, folder: Path) -> None:
        connection.close()
        for suffix in BESIDE:
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
        os.replace(folder / NAME, self.path)


def _require_whole(copy: sqlite3.Connection) -> None:
    (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok" or copy.execute("PRAGMA foreign_key_check").fetchone():
        raise Refused("the database in the backup is damaged; run `commonplace check` and make another backup")
    if seal.differences("sqlite", copy.execute(seal.READ["sqlite"])):
        raise Refused(UNSEALED)
