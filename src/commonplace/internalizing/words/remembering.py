"""What short words come to is remembered, as much of it as takes a few megabytes; what is long is rarely the same."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

LONGEST = 24
MOST = 5_000
P = ParamSpec("P")
R = TypeVar("R")


def remembered(function: Callable[Concatenate[str, P], R]) -> Callable[Concatenate[str, P], R]:
    known = lru_cache(maxsize=MOST)(function)

    @wraps(function)
    def of(word: str, *others: P.args, **named: P.kwargs) -> R:
        return (known if len(word) <= LONGEST else function)(word, *others, **named)

    return of
