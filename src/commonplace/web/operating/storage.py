"""How much room all of it takes."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from commonplace.files.sizes import in_words
from commonplace.measuring.lake.place import Place

BESIDE = ("", "-wal", "-shm")


def of_the_database() -> str:
    if connection.vendor == "sqlite":
        name = str(settings.DATABASES["default"]["NAME"])
        return in_words(sum(_size(Path(name + end)) for end in BESIDE))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return in_words(int(cursor.fetchone()[0]))


def of_the_lake() -> str:
    """ "" for one that lies elsewhere: nobody waits for it on a page."""
    place = Place.at(settings.LAKE)
    return in_words(sum(_sizes(place.path))) if place.is_here else ""


def _sizes(folder: str) -> Iterator[int]:
    for at, _folders, names in os.walk(folder):
        yield from (_size(Path(at, name)) for name in names)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
