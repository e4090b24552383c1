"""What only one process may do at a time to a whole installation: make its database, bring it up to date, serve it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from django.conf import settings
from django.db import connection

LOCK = 7_061_747_468
SERVED = "served"
_ours: dict[Path, TextIO] = {}


class Occupied(Exception):
    """Somebody serves this data folder; the text says who, and what to do."""


def occupy(folder: Path, address: str = "") -> None:
    """Serve it at an address, or replace what is in it: to the end of this process nobody else does."""
    if folder in _ours:
        _sign(_ours[folder], address)
        return
    file = (folder / SERVED).open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        with file:
            raise Occupied(
                f"The data folder {folder} is served already, by process {file.readline().strip() or '?'}: "
                "stop that one, or choose another folder, COMMONPLACE_DATA=elsewhere."
            ) from None
    _sign(file, address)
    _ours[folder] = file


def served_at(folder: Path) -> str:
    """The address of the server that has it in hand, as it calls itself; nothing if none has."""
    with suppress(FileNotFoundError), (folder / SERVED).open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return "".join(file.read().splitlines()[1:])
    return ""


def _sign(file: TextIO, address: str) -> None:
    file.truncate(0)
    file.write(f"{os.getpid()}\n{address}")
    file.flush()


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
