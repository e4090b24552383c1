"""How each database is copied, tried out and put back."""

from pathlib import Path
from typing import Protocol

from django.db import connection

from commonplace.archiving.backing_up.postgresql import PostgreSQL
from commonplace.archiving.backing_up.sqlite import SQLite
from commonplace.ledger.models import Act


class Database(Protocol):
    """Each raises `Refused` with what to do."""

    def dump(self, folder: Path) -> Path:
        """A consistent copy, as a file in `folder`, while others go on writing."""
        ...

    def try_out(self, folder: Path) -> None:
        """Could the copy in `folder` be put back?"""
        ...

    def put_back(self, folder: Path) -> None:
        """The copy in `folder` takes the database's place, or everything stays as it was."""
        ...


def database() -> Database:
    return (
        PostgreSQL(connection.settings_dict) if connection.vendor == "postgresql" else SQLite(connection.settings_dict)
    )


def holds_something() -> bool:
    """Has anything ever happened here? To ask an SQLite file that is not there would make one."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return False
    if Act._meta.db_table not in connection.introspection.table_names():
        return False
    return Act.objects.everywhere("is the folder in use?").exists()
