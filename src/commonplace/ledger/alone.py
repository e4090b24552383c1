"""What only one process may do at a time to a whole installation: make its database, bring it up to date, serve it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from django.conf import settings
from django.db import connection

LOCK = 7_061_747_468
SERVED = "served"
_ours: dict[Path, TextIO] = {}


class Occupied(Exception):
    """Somebody serves this data folder; the text says who, and what to do."""


def occupy(folder: Path) -> None:
    """Serve it, or replace what is in it: from here to the end of this process nobody else does, however it ends."""
    if folder in _ours:
        return
    file = (folder / SERVED).open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        with file:
            raise Occupied(
                f"The data folder {folder} is served already, by process {file.read() or '?'}: "
                "stop that one, or choose another folder, COMMONPLACE_DATA=elsewhere."
            ) from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    _ours[folder] = file


@contextmanager
def alone() -> Iterator[None]:
    """Whoever comes second waits. The data folder's secret is what they take hold of: it is always there."""
    with (settings.DATA / "secret.key").open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with _alone_on_the_server():
            yield


@contextmanager
def _alone_on_the_server() -> Iterator[None]:
    """Several machines may share one PostgreSQL."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
