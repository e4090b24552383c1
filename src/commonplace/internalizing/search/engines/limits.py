"""A search that takes too long is ended, and says so."""

from collections.abc import Collection
from typing import Any

Statement = tuple[str, list[Any]]
Places = tuple[Collection[str], Collection[str]]  # Communities, and kinds.


class TooSlow(Exception):
    """The database was given so much time and no more."""
