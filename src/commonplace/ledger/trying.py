"""Two at once: the database breaks a deadlock, and the act that lost is tried again; a constraint's no is a refusal."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, OperationalError, transaction

from commonplace.ledger import constraints
from commonplace.ledger.errors import NotPossible

R = TypeVar("R")
DEADLOCK, SERIALIZATION = "40P01", "40001"
MOST_TRIES = 6
PAUSE = 0.01


def tried_again(work: Callable[[], R]) -> R:
    """`work()`, again if it lost a deadlock: only as the whole transaction, so that all of it was rolled back."""
    tries = 1 if transaction.get_connection().in_atomic_block else MOST_TRIES
    for left in reversed(range(tries)):
        try:
            return _refused_in_words(work)
        except OperationalError as error:
            if not left or not _lost(error):
                raise
            time.sleep(random.uniform(0, PAUSE * (tries - left)))  # noqa: S311
    raise AssertionError("unreachable")


def _refused_in_words(work: Callable[[], R]) -> R:
    try:
        return work()
    except IntegrityError as error:
        if words := constraints.sentence(error):
            raise NotPossible(words) from error
        raise


def _lost(error: OperationalError) -> bool:
    return getattr(error.__cause__, "sqlstate", "") in (DEADLOCK, SERIALIZATION)
