"""What short words come to is remembered, as much of it as takes a few megabytes; what is long is rarely the same."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

LONGEST = 24
MOST = 5_000
P = ParamSpec("P")
R = TypeVar("R")


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """Of a function of a word, and perhaps of other short texts."""
    known: Callable[..., R] = lru_cache(maxsize=MOST)(function)

    @wraps(function)
    def of(*texts: P.args, **named: P.kwargs) -> R:
        return (known if len(str(texts[0])) <= LONGEST else function)(*texts, **named)

    return of
