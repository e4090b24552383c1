"""Verbs for one test: what an act is, without a phase around it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from commonplace.communities import policy
from commonplace.ledger import registry
from commonplace.ledger.act import act
from commonplace.ledger.evidence import Evidence, Nothing

Toy = Callable[..., Callable[[Callable[..., Any]], Callable[..., Any]]]


@contextmanager
def toys() -> Iterator[Toy]:
    """`@toy("verb", ...)` is `@act`, for anybody unless it says otherwise, until the end of this block."""
    verbs, kinds = dict(registry.ACTS), dict(Evidence.of_verbs)

    def toy(verb: str, **options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def decorate(write: Callable[..., Any]) -> Callable[..., Any]:
            write.__doc__ = "Who: anyone. Guard: none. Effect: a test."
            perform: Callable[..., Any] = act(verb, **{"who": policy.anyone, "evidence": Nothing, **options})(write)
            return perform

        return decorate

    try:
        yield toy
    finally:
        _restore(registry.ACTS, verbs)
        _restore(Evidence.of_verbs, kinds)


def _restore(now: dict[str, Any], before: dict[str, Any]) -> None:
    now.clear()
    now.update(before)
