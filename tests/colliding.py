"""Several people at the same moment, each on a connection of their own."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

TIMES = int(os.environ.get("COMMONPLACE_TIMES", "1"))


def often(rounds: int) -> range:
    """So many rounds of a race; COMMONPLACE_TIMES multiplies them."""
    return range(rounds * TIMES)


def collide(*attempts: Callable[[], object]) -> list[str]:
    """All at once: what came of them, "done" or the error's name, sorted."""
    start = threading.Barrier(len(attempts))

    def one(attempt: Callable[[], object]) -> str:
        try:
            start.wait()
            attempt()
        except Exception as error:
            return type(error).__name__
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return sorted(pool.map(one, attempts))
