"""Names say which segments are read; small ones grow together, so that appending stays cheap and files stay few."""

from math import log2

import pytest

from commonplace.measuring.lake import segments
from commonplace.measuring.lake.segments import Segment, live, named, to_absorb


def chain(*names: str) -> list[str]:
    return [segment.name[5:-8] for segment in live(named(f"acts-{name}.parquet" for name in names))]


@pytest.mark.parametrize(
    ("there", "taken"),
    [
        ((), []),
        (("1-0",), ["1-0"]),
        (("1-0", "1-5"), ["1-5"]),
        (("1-500", "501-700"), ["1-500", "501-700"]),
        (("1-500", "501-700", "1-700"), ["1-700"]),
        (("1-500", "501-700", "501-720"), ["1-500", "501-720"]),
        (("1-500", "501-700", "1-700", "501-720"), ["1-500", "501-720"]),
        (("1-500", "1-700", "501-720", "701-710"), ["1-500", "501-720"]),
        (("1-500", "502-700"), ["1-500"]),
        (("9-12",), []),
    ],
)
def test_the_chain_that_reaches_furthest_is_read(there: tuple[str, ...], taken: list[str]) -> None:
    assert chain(*there) == chain(*reversed(there)) == taken


def test_other_files_are_nobodys_business() -> None:
    assert named(["acts-1-2.parquet", "acts-2026-03.parquet.tmp", ".acts-1-3.parquet", "notes.txt"]) == [Segment(1, 2)]


@pytest.mark.parametrize("acts", [1, 7, 350])
def test_an_act_is_rewritten_logarithmically_and_segments_stay_few(acts: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "FULL", 1000)
    sizes: list[int] = []
    written = most = 0
    for _ in range(20_000 // acts):
        absorbed = to_absorb(sizes, acts)
        sizes[len(sizes) - absorbed :] = [acts + sum(sizes[len(sizes) - absorbed :])]
        written += sizes[-1]
        most = max(most, len(sizes))
    assert sum(sizes) == 20_000 // acts * acts
    assert written <= 20_000 * (log2(1000) + 2)
    assert most <= 20_000 / 1000 + log2(1000) + 1
    assert max(sizes) <= 3 * 1000


def test_a_new_act_rewrites_no_full_segment() -> None:
    assert to_absorb([segments.FULL], 1) == to_absorb([segments.FULL] * 3, segments.FULL) == 0
    assert to_absorb([100, 40, 10, 3, 1], 1) == 2
