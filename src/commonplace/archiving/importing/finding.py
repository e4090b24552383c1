"""What came in can be searched at once: acts written in bulk call no subscribers."""

from collections.abc import Collection

from commonplace.internalizing.search import index_many


def make_findable(exchanges: Collection[str]) -> None:
    index_many("exchange", exchanges)
