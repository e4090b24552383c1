"""Two people at the same moment. `COMMONPLACE_TIMES` multiplies how often they meet: 84 makes a thousand collisions."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from commonplace.ledger import registry
from commonplace.ledger.act import writing
from commonplace.ledger.models import Act

TIMES = int(os.environ.get("COMMONPLACE_TIMES", "1"))
ROUNDS = 12 * TIMES


def collide(*attempts: Callable[[], object]) -> list[str]:
    """All at once, each on a connection of its own: what came of them, "done" or the error's name, sorted."""
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


def unlocked(verb: str, guard: Callable[..., None], *calls: Callable[[Callable[..., Any]], object]) -> list[str]:
    """For negative controls: guard and write as the act has them, without the act. All pass the guard, then write."""
    passed, write = threading.Barrier(len(calls)), registry.ACTS[verb].function

    def both(*args: Any, **kwargs: Any) -> object:
        guard(*args, **kwargs)
        passed.wait()
        with writing():
            return write and write(*args, **kwargs)

    return collide(*(lambda call=call: call(both) for call in calls))  # type: ignore[misc]


def recorded(verb: str, subject: str) -> int:
    return Act.objects.everywhere("test").filter(verb=verb, subject=subject).count()
