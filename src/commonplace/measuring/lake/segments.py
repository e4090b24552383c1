"""Segments: files of the acts from one number to another. Their names alone say which of them a reader takes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

FORM = re.compile(r"acts-(\d+)-(\d+)\.parquet")
# Of as many acts a segment is not put together with others any more.
FULL = 150_000


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """The acts whose numbers are from `first` to `last`; `Segment(1, 0)` holds none, so that a lake can be read."""

    first: int
    last: int

    @property
    def name(self) -> str:
        return f"acts-{self.first}-{self.last}.parquet"

    @property
    def seal(self) -> str:
        """The file beside it that says its digest."""
        return f"acts-{self.first}-{self.last}.sha256"


def named(names: Iterable[str]) -> list[Segment]:
    """Those among the names of files; others are nobody's business here."""
    return [Segment(int(match[1]), int(match[2])) for match in map(FORM.fullmatch, names) if match]


def live(segments: Iterable[Segment]) -> list[Segment]:
    """The chain from the first act on that reaches furthest, in the fewest segments.

    So parts and what they were put together to may lie side by side, and what two exports wrote at once.
    """
    best: dict[int, list[Segment]] = {}
    for segment in sorted(segments, reverse=True):
        chain = [segment, *best.get(segment.last + 1, [])]
        best[segment.first] = max(best.get(segment.first, []), chain, key=_reach)
    return best.get(1, [])


def _reach(chain: list[Segment]) -> tuple[int, int]:
    return (chain[-1].last, -len(chain)) if chain else (-1, 0)


def to_absorb(tail: list[int], acts: int) -> int:
    """How many segments at the end (of as many acts each) are put together with `acts` new ones.

    Each that is grows by half at least, so an act is written again O(log n) times, and segments are O(log n) beyond
    the full ones.
    """
    absorbed = 0
    for size in reversed(tail):
        if size >= min(FULL, 2 * acts):
            break
        acts, absorbed = acts + size, absorbed + 1
    return absorbed
