"""Worlds that take minutes to grow are kept beside the pictures, for a day: each page is then opened in a copy."""

import fcntl
import hashlib
import pickle
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from functools import cache
from pathlib import Path

from django.db import connection

from commonplace.internalizing.search import reindex
from commonplace.ledger import jobs
from tests import story
from tests.gallery import worlds
from tests.gallery.worlds import World, world_of


def kept(amount: int, folder: Path) -> World:
    """The world of so much, in the database of the tests."""
    database = folder / f"{amount}-{_edition()}.sqlite3"
    names = database.with_suffix(".pickle")
    with _one_at_a_time(folder):
        if not names.exists():
            _grow(amount, database, names)
            return _named(names)
    with closing(sqlite3.connect(database)) as source:
        connection.ensure_connection()
        source.backup(connection.connection)
    return _named(names)


def _grow(amount: int, database: Path, names: Path) -> None:
    world = world_of(amount)
    jobs.run_due()
    reindex()
    database.unlink(missing_ok=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(database)])
    names.write_bytes(pickle.dumps(world))


def _named(names: Path) -> World:
    world: World = pickle.loads(names.read_bytes())
    return world


@cache
def _edition() -> str:
    """Another for each day, and once what makes a world is written otherwise."""
    schema = sorted(Path(worlds.__file__).parents[2].glob("src/commonplace/*/migrations/0*.py"))
    sources = [Path(worlds.__file__), Path(story.__file__), *schema]
    written = b"".join(source.read_bytes() for source in sources)
    return hashlib.sha256(written + date.today().isoformat().encode()).hexdigest()[:12]


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
