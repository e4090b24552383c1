"""Whose turn it is to write.

SQLite waits by sleeping, longer each time, up to 100 ms: who has waited longest looks least often, and some wait for
seconds. Here threads queue in their process, and the first of each process looks every millisecond (among processes
there is no order). What may be written is still SQLite's to say: without its turn a thread tries all the same.
"""

import fcntl
import time
from functools import cache
from typing import TextIO

from commonplace.ledger.sqlite.turns import Turns

PAUSE = 0.001
BESIDE = ("-wal", "-shm", "-turn")  # Files that come and go with a database.


class Pen:
    def __init__(self, database: str) -> None:
        self.path, self.turn = f"{database}{BESIDE[2]}", Turns()
        self.file: TextIO | None = None

    def take(self, seconds: float) -> bool:
        """Is it ours now? False when it took too long, or there is no place to queue."""
        last = time.monotonic() + seconds
        if not self.turn.acquire(seconds):
            return False
        try:
            if self._before(last):
                return True
        except OSError:
            pass
        self.lay()
        return False

    def lay(self) -> None:
        if self.file:
            self.file.close()
            self.file = None
        self.turn.release()

    def _before(self, last: float) -> bool:
        self.file = open(self.path, "a")  # noqa: SIM115
        while time.monotonic() < last:
            try:
                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                time.sleep(PAUSE)
        return False


@cache
def pen_of(database: str) -> Pen:
    return Pen(database)
