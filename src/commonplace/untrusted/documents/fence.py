"""Whoever asks the child that reads documents: of one that broke off nothing is read."""

from collections.abc import Mapping
from types import TracebackType
from typing import Final, Self

from commonplace.untrusted.confined.outside import BrokeOff, Child, Why, python
from commonplace.untrusted.documents import limits
from commonplace.untrusted.documents.found import Place, Read, Refused
from commonplace.untrusted.documents.wire import unpacked

_COMMAND: Final = python("commonplace.untrusted.documents.child")


class Fence:
    """One child for many files, another for those that come after one on which it broke."""

    def __init__(self, seconds: int = limits.SECONDS, of_all: int = 0) -> None:
        """`seconds`: for a file; `of_all`: for all together, if not as many as `limits` has."""
        self.of_all = of_all or limits.SECONDS_OF_ALL
        self.seconds, self.taken = min(of_all or seconds, seconds), 0
        self.child = Child(_COMMAND)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.child.end()

    @property
    def is_spent(self) -> bool:
        return self.child.spent > self.of_all

    def read(self, kind: str, data: bytes, place: Place, by_hand: Mapping[str, str]) -> list[Read]:
        self.taken += len(data)
        question = {"kind": kind, "file": place.file, "by_hand": dict(by_hand)}
        try:
            return [unpacked(line) for line in self.child.ask(question, data, self.seconds)]
        except BrokeOff as broke:
            return [Refused(place, broke.why.value, {"most": self.seconds} if broke.why is Why.TOO_SLOW else {})]
