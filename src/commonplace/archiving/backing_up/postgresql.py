"""PostgreSQL: copied by pg_dump, tried out in a database of its own, put back by psql in one transaction."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.db import DatabaseError, connection

from commonplace.archiving.backing_up.unsealed import UNSEALED
from commonplace.ledger import seal
from commonplace.untrusted.refused import Refused

NAME: Final = "database.sql"
ENVIRONMENT: Final = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
BETWEEN: Final = "\x1f"
CLEARED: Final = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"


class PostgreSQL:
    def __init__(self, settings: dict[str, Any]) -> None:
        self.name = str(settings["NAME"])
        given = {variable: str(settings[key]) for variable, key in ENVIRONMENT.items() if settings.get(key)}
        self.environment = {**os.environ, **given}

    def dump(self, folder: Path) -> Path:
        self._run("pg_dump", "--no-owner", "--no-privileges", "--file", str(folder / NAME), self.name)
        return folder / NAME

    def try_out(self, folder: Path) -> None:
        with _trial_database() as name:
            self._load(folder, name)
            self._require_seal(name)

    def put_back(self, folder: Path) -> None:
        connection.close()
        self._load(folder, self.name, "--command", CLEARED)

    def _load(self, folder: Path, name: str, *first: str) -> None:
        if not (folder / NAME).is_file():
            raise Refused("this backup is of another kind of database; set COMMONPLACE_DATABASE as it was")
        options = ("--no-psqlrc", "--quiet", "--single-transaction", "--set", "ON_ERROR_STOP=1", "--output", os.devnull)
        self._run("psql", *options, "--dbname", name, *first, "--file", str(folder / NAME))

    def _require_seal(self, name: str) -> None:
        line = ("--no-psqlrc", "--tuples-only", "--no-align", "--field-separator", BETWEEN)
        parts = self._run("psql", *line, "--dbname", name, "--command", seal.READ["postgresql"]).splitlines()
        if seal.differences("postgresql", (tuple(part.split(BETWEEN)) for part in parts)):
            raise Refused(UNSEALED)

    def _run(self, program: str, *arguments: str) -> str:
        if shutil.which(program) is None:
            raise Refused(f"{program} is missing; on Debian: apt-get install postgresql-client")
        done = subprocess.run([program, *arguments], env=self.environment, capture_output=True, text=True)
        if done.returncode:
            reason = (done.stderr.strip() or "no reason given").splitlines()[-1]
            raise Refused(f"{program} failed: {reason}")
        return done.stdout


@contextmanager
def _trial_database() -> Iterator[str]:
    name = f"commonplace_trial_{secrets.token_hex(4)}"
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
    except DatabaseError as error:
        reason = str(error).splitlines()[0]
        raise Refused(
            f"a backup is tried out in a database of its own, which could not be made ({reason}); "
            "ALTER ROLE ... CREATEDB"
        ) from None
    try:
        yield name
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
