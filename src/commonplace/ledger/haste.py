"""Pressed twice, done once."""

from datetime import timedelta
from typing import Any

from commonplace.ledger import clock
from commonplace.ledger.errors import NotPossible

TWICE = timedelta(minutes=10)


class JustDone(NotPossible):
    """The same person did the very same just now. `row`: what came of it; a page leads there."""

    def __init__(self, words: str, row: Any) -> None:
        super().__init__(words)
        self.row = row


def must_not_be_twice(words: str, same: Any, moment: str) -> None:
    """For guards under a lock that both would want. `same`: the rows that say it; `moment`: their column."""
    before = same.filter(**{f"{moment}__gte": clock.now() - TWICE}).everywhere("guard").order_by("pk").last()
    if before is not None:
        raise JustDone(words, before)
