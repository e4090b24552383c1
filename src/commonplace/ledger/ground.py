"""What all stands on may be away for a while: the data folder, room on its disk, the database. Nobody is at fault."""

import errno
import os
import threading

from django.conf import settings
from django.db import Error, OperationalError, connection

# Of SQLite, by the beginning of their names; its other operational errors (no such table) are mistakes of ours.
OF_SQLITE = ("SQLITE_BUSY", "SQLITE_CANTOPEN", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_LOCKED", "SQLITE_READONLY")
# Of PostgreSQL, by their class: no connection, no room, stopped by its operator. An error without a code came of no
# answer at all; a query that was cancelled, two that locked each other, are ours.
OF_POSTGRESQL = ("08", "53", "57P")
OF_FILES = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.ESTALE}
_opened = threading.local()


class Gone(Exception):
    """The data folder is not where it was."""


def require() -> None:
    """Raises `Gone`. A database file that took the place of ours is opened: nothing is written into a lost one."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        _identity(settings.DATA / "secret.key")
        return
    file = _identity(connection.settings_dict["NAME"])
    if getattr(_opened, "file", file) != file:
        connection.close()
    _opened.file = file


def _identity(path: str | os.PathLike[str]) -> tuple[int, int]:
    try:
        there = os.stat(path)
    except OSError as error:
        raise Gone(str(path)) from error
    return there.st_dev, there.st_ino


def is_away(error: BaseException | None) -> bool:
    if isinstance(error, OSError):
        return error.errno in OF_FILES
    if isinstance(error, OperationalError):
        of_sqlite = getattr(error.__cause__, "sqlite_errorname", OF_SQLITE[0])
        of_postgresql = getattr(error.__cause__, "sqlstate", None) or OF_POSTGRESQL[0]
        return str(of_sqlite).startswith(OF_SQLITE) and str(of_postgresql).startswith(OF_POSTGRESQL)
    return isinstance(error, Gone)


def sentence(error: BaseException) -> str:
    """What is away, and what the system says of it."""
    detail = " ".join(str(error).split())
    if isinstance(error, Gone):
        return f"The data folder is gone ({detail})."
    return f"The database does not answer ({detail})." if isinstance(error, Error) else f"The disk fails ({detail})."
