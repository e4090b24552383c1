"""What the doors read from."""

from typing import Protocol


class Source(Protocol):
    """Anything that gives bytes."""

    def read(self, size: int, /) -> bytes: ...
