"""The same server at the least that could be done: the same statements, then the same bytes.

`python bare.py NUMBER FILE`: FILE holds what to run and to send for each path.
"""

import logging
import pickle
import signal
import socket
import sqlite3
import sys
from collections.abc import Iterable
from pathlib import Path
from threading import local
from typing import Any

from commonplace.web.server.answering import Server

KEPT = local()


def connection(database: dict[str, Any]) -> Any:
    """One for each thread."""
    if not hasattr(KEPT, "connection"):
        KEPT.connection = _sqlite(database["sqlite"]) if "sqlite" in database else _postgresql(database)
    return KEPT.connection


def _sqlite(path: str) -> Any:
    opened = sqlite3.connect(path, isolation_level=None, timeout=20)
    opened.executescript("PRAGMA journal_mode=WAL; PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;")
    return opened


def _postgresql(database: dict[str, Any]) -> Any:
    import psycopg

    return psycopg.connect(**database, autocommit=True, cursor_factory=psycopg.ClientCursor)


class Bare:
    def __init__(self, database: dict[str, Any], pages: dict[str, tuple[list[tuple[str, Any]], bytes]]) -> None:
        self.database, self.pages = database, pages

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        statements, body = self.pages[environ["PATH_INFO"]]
        cursor = connection(self.database).cursor()
        for sql, values in statements:
            cursor.execute(sql, values)
            if cursor.description:
                cursor.fetchall()
        start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
        return [body]


def main(number: int, file: str) -> None:
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    database, pages = pickle.loads(Path(file).read_bytes())  # noqa: S301
    server = Server(Bare(database, pages), socket.socket(fileno=number), behind_proxy=False)
    signal.signal(signal.SIGTERM, lambda *_: server.stop())
    server.run()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
