"""How much room all of it takes."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from commonplace.files.sizes import in_words
from commonplace.web import doctor

BESIDE = ("", "-wal", "-shm")


def of_the_database() -> str:
    if connection.vendor == "sqlite":
        name = str(settings.DATABASES["default"]["NAME"])
        return in_words(sum(_size(Path(name + end)) for end in BESIDE))
    return in_words(doctor.server_size())


def of_the_lake() -> str:
    """Nothing for one that lies elsewhere: nobody waits for it on a page."""
    lake = str(settings.LAKE)
    return "" if "://" in lake else in_words(sum(_sizes(str(Path(lake).expanduser()))))


def _sizes(folder: str) -> Iterator[int]:
    for at, _folders, names in os.walk(folder):
        yield from (_size(Path(at, name)) for name in names)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
