"""A new act is appended; what is not whole is found; whenever an export ends, a reader has every act once."""

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from commonplace.ledger import clock
from commonplace.ledger.models import Act
from commonplace.measuring.lake import LakeUnusable, Place, columns, export
from commonplace.measuring.lake import segments as lake_segments
from commonplace.measuring.lake.place import GRACE
from tests.measuring.test_lake import files, rows
from tests.story import Story
from tests.trust.colliding import collide


def acts() -> list[int]:
    return list(Act.objects.everywhere("test").order_by("pk").values_list("pk", flat=True))


def read(folder: Path) -> list[int]:
    return [row["act"] for row in rows(folder)]


def live(folder: Path) -> list[str]:
    return [segment.name for segment in Place.at(folder).live()]


@pytest.fixture
def lake(story: Story, tmp_path: Path) -> Path:
    """Its one segment is full, as far as these tests go."""
    export(tmp_path / "lake")
    return tmp_path / "lake"


@pytest.fixture
def full(lake: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(lake_segments, "FULL", 1)
    return lake


def test_a_new_act_is_a_segment_of_its_own_beside_a_full_one(story: Story, full: Path) -> None:
    before, known = files(full), acts()[-1]
    story.ask(story.facilitator)
    assert export(full).written == 1
    assert live(full) == [f"acts-1-{known}.parquet", f"acts-{known + 1}-{acts()[-1]}.parquet"]
    assert {name: files(full)[name] for name in before} == before
    assert read(full) == acts()


def test_small_segments_are_put_together_and_parts_go_when_nobody_reads_them(
    story: Story, lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = live(lake)
    for _ in range(5):
        story.ask(story.facilitator)
        export(lake)
        assert read(lake) == acts()
    assert len(live(lake)) < 4
    assert set(parts) <= files(lake).keys(), "somebody may be reading it"
    later = clock.wall() + GRACE + timedelta(minutes=1)
    monkeypatch.setattr(clock, "wall", lambda: later)
    export(lake)
    assert sorted(name for name in files(lake) if name.endswith(".parquet")) == sorted(live(lake))
    assert read(lake) == acts()


def cut(content: bytes) -> bytes:
    return content[:-9]


def flipped(content: bytes) -> bytes:
    return content[:200] + bytes([content[200] ^ 1]) + content[201:]


def longer(content: bytes) -> bytes:
    return content[:200] + b"more" + content[200:]


@pytest.mark.parametrize("harm", [cut, longer, flipped])
def test_what_is_not_whole_is_found_and_written_again(
    story: Story, lake: Path, harm: Callable[[bytes], bytes], caplog: pytest.LogCaptureFixture
) -> None:
    (name,) = live(lake)
    whole = files(lake)
    (lake / name).write_bytes(harm(whole[name]))
    with caplog.at_level(logging.WARNING):
        done = export(lake)
    assert (done.written, done.mended) == (1, 1)
    assert [one.getMessage() for one in caplog.records] == [
        f"The file {name} of the lake is not whole, and is written again."
    ]
    assert files(lake) == whole


def test_a_damaged_part_is_not_handed_on(story: Story, lake: Path) -> None:
    (name,) = live(lake)
    (lake / name).write_bytes(flipped((lake / name).read_bytes()))
    for _ in range(12):
        story.ask(story.facilitator)
    assert export(lake).mended == 1
    assert live(lake) == [f"acts-1-{acts()[-1]}.parquet"]
    assert read(lake) == acts()
    assert export(lake, thorough=True).mended == 0


def test_a_segment_without_its_digest_is_written_again(story: Story, lake: Path) -> None:
    for path in lake.glob("*.sha256"):
        path.unlink()
    assert export(lake).mended == 1


def test_elsewhere_a_store_keeps_its_bits_and_a_check_looks(
    story: Story, lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Place, "is_here", False)
    (name,) = live(lake)
    (lake / name).write_bytes(flipped((lake / name).read_bytes()))
    assert (export(lake).mended, export(lake, thorough=True).mended) == (0, 1)


def test_elsewhere_what_a_store_took_is_compared_once(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Place, "is_here", False)
    get = Place.get
    monkeypatch.setattr(Place, "get", lambda place, name: get(place, name).replace(b"PAR1", b"PAR2"))
    with pytest.raises(LakeUnusable, match=r"parquet is not what was written\)\.$"):
        export(tmp_path / "lake")


def test_other_evidence_writes_all_anew(story: Story, full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story.ask(story.facilitator)
    export(full)
    monkeypatch.setattr(columns, "evidence_columns", lambda: {"weather": str})
    done = export(full)
    assert (done.written, done.mended, len(live(full))) == (2, 0, 2)
    assert export(full).written == 0


@pytest.mark.breaks_ledger
def test_an_act_that_was_committed_late_comes_in(story: Story, full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On PostgreSQL an act may become visible after one with a greater number."""
    story.ask(story.facilitator)
    late = acts()[3]
    kept = Act.objects.everywhere("test").exclude(pk=late)
    with monkeypatch.context() as not_yet:
        not_yet.setattr("commonplace.measuring.lake.acts.every", lambda: kept)
        export(full)
        assert read(full) == [act for act in acts() if act != late]
    assert export(full).written == 1
    assert read(full) == acts()


@pytest.mark.breaks_ledger
def test_a_ledger_that_was_put_back_is_followed(story: Story, full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same numbers then belong to other acts."""
    story.ask(story.facilitator)
    export(full)
    for fewer in (1, 2):
        earlier = Act.objects.everywhere("test").filter(pk__lte=acts()[-1 - fewer])
        monkeypatch.setattr("commonplace.measuring.lake.acts.every", lambda of=earlier: of)
        export(full)
        assert read(full) == acts()[:-fewer]


@pytest.mark.breaks_ledger
def test_as_many_other_acts_under_the_same_numbers_are_noticed(
    story: Story, full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Put back, exported, and put back again: the segment still has the name of an act that is there no more."""
    for _ in range(3):
        story.ask(story.facilitator)
    export(full)
    every = Act.objects.everywhere("test")
    one, another = (every.exclude(pk__in=acts()[gone]) for gone in (slice(-2, None), slice(-3, None, 2)))
    for shown in (one, another):
        monkeypatch.setattr("commonplace.measuring.lake.acts.every", lambda of=shown: of)
        export(full)
        assert read(full) == list(shown.order_by("pk").values_list("pk", flat=True))


def test_numbers_with_gaps_leave_no_gap_in_the_chain(story: Story, full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story.ask(story.facilitator)
    kept = Act.objects.everywhere("test").exclude(pk__in=acts()[1:4])
    monkeypatch.setattr("commonplace.measuring.lake.acts.every", lambda: kept)
    export(full)
    assert (export(full).written, read(full)) == (0, [act for act in acts() if act not in acts()[1:4]])


class Steps:
    """The folder as it is after each thing that an export does to a file: where a kill would leave it."""

    def __init__(self, lake: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.lake, self.kept = lake, lake.parent / "steps"
        for kind, name in ((Path, "replace"), (Path, "unlink")):
            monkeypatch.setattr(kind, name, self.seen(getattr(kind, name)))

    def seen(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def taken(*args: Any, **kwargs: Any) -> Any:
            for when in ("before", "after"):
                if when == "after":
                    done = step(*args, **kwargs)
                shutil.copytree(self.lake, self.kept / f"{len(list(self.kept.glob('*'))):03}-{when}")
            return done

        return taken

    def __iter__(self) -> Iterator[Path]:
        yield from sorted(self.kept.iterdir())


def test_killed_at_any_step_a_reader_has_all_of_before_or_all_of_now(
    story: Story, lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = acts()
    for _ in range(3):
        story.ask(story.facilitator)
    with monkeypatch.context() as watched:
        (lake.parent / "steps").mkdir()
        steps = Steps(lake, watched)
        export(lake)
    moments = list(steps)
    assert len(moments) >= 4
    for moment in moments:
        assert read(moment) in (before, acts())
        export(moment)
        assert read(moment) == acts()
        assert export(moment, thorough=True).mended == 0


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False], ids=["on one machine", "at an address"])
def test_two_exports_at_once_end_well(story: Story, lake: Path, locked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not locked:
        monkeypatch.setattr(Place, "alone", lambda place: nullcontext())
    for _ in range(4):
        story.ask(story.facilitator)
        assert collide(*[lambda: export(lake)] * 3) == ["done"] * 3
        assert read(lake) == acts()
        assert export(lake, thorough=True).mended == 0
