"""The lake holds what the ledger holds, is brought up to date by what is new, and is never half written."""

import subprocess
import sys
from datetime import UTC, datetime
from errno import ENOSPC
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from commonplace.ledger import clock
from commonplace.ledger.errors import NotRecordable
from commonplace.ledger.models import Act
from commonplace.ledger.registry import evidence_columns
from commonplace.measuring.lake import LakeUnusable, Place, columns, export
from tests.story import Story

FEBRUARY = datetime(2026, 2, 10, 9, tzinfo=UTC)


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch, db: None) -> Story:
    monkeypatch.setattr(clock, "wall", lambda: FEBRUARY)
    story = Story()
    story.resolved(story.member("Lea", unit="North"), story.member("Sam"))
    return story


def rows(folder: Path) -> list[dict]:
    """What a reader takes."""
    place = Place.at(folder)
    tables = [pq.read_table(place.within(segment.name)).to_pylist() for segment in place.live()]
    return sorted((row for table in tables for row in table), key=lambda row: row["act"])


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".lock")}


def test_every_act_is_in_the_lake_as_in_the_ledger(recorded: Story, tmp_path: Path) -> None:
    done = export(tmp_path)
    acts = list(Act.objects.everywhere("test").order_by("pk"))
    written = rows(tmp_path)
    assert (done.acts, done.segments, done.written) == (len(acts), 1, 1)
    assert [(row["act"], row["verb"], row["actor"], row["subject"], row["community"]) for row in written] == [
        (act.pk, act.verb, act.actor, act.subject, act.community) for act in acts
    ]
    assert [(row["happened_at"], row["recorded_at"]) for row in written] == [
        (a.happened_at, a.recorded_at) for a in acts
    ]
    for row, act in zip(written, acts, strict=True):
        assert {name: row[name] for name in act.evidence} == act.evidence


def test_an_export_with_nothing_new_writes_nothing(recorded: Story, tmp_path: Path) -> None:
    export(tmp_path)
    before = files(tmp_path)
    assert (export(tmp_path).written, export(tmp_path, thorough=True).mended) == (0, 0)
    assert files(tmp_path) == before


def test_a_failure_half_way_leaves_the_file_that_stood(recorded: Story, tmp_path: Path) -> None:
    export(tmp_path)
    before = files(tmp_path)
    recorded.ask(recorded.member("Zoe"))

    def stop(acts: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(tmp_path, stop)
    assert files(tmp_path) == before


def test_acts_lie_by_community_and_time_in_row_groups(recorded: Story, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr("commonplace.measuring.lake.files.ROW_GROUP", 3)
    other = recorded.found("valve-crews", "Valve crews", by=recorded.facilitator)
    recorded.ask(recorded.facilitator, of=other)
    export(tmp_path)
    for path in tmp_path.glob("*.parquet"):
        file = pq.ParquetFile(path)
        assert file.metadata.num_row_groups == -(-file.metadata.num_rows // 3)
        order = [(row["community"], row["happened_at"], row["act"]) for row in file.read().to_pylist()]
        assert order == sorted(order)


def test_progress_tells_of_every_act_new_or_not(recorded: Story, tmp_path: Path) -> None:
    for _ in range(2):
        heard: list[int] = []
        done = export(tmp_path, heard.append)
        assert sum(heard) == done.acts


def test_an_empty_ledger_gives_a_lake_that_can_be_read(db: None, tmp_path: Path) -> None:
    export(tmp_path)
    assert rows(tmp_path) == []


def test_a_folder_that_cannot_be_made_says_what_to_do(db: None, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LakeUnusable, match="name a folder you may write"):
        export(tmp_path / "file" / "lake")


def test_another_cause_gets_no_advice_that_does_not_help(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(place: Place, name: str, content: bytes) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(Place, "put", full)
    with pytest.raises(LakeUnusable, match=r"cannot be written \(No space left on device\)\.$"):
        export(tmp_path / "lake")


@pytest.mark.parametrize("lake", ["s3:/bucket/lake", "gs:bucket", "file:/srv/lake"])
def test_half_an_address_is_no_folder(db: None, lake: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(LakeUnusable, match="is no address: write"):
        export(lake)
    assert list(tmp_path.iterdir()) == []


TRY = """
import fcntl, sys
try:
    fcntl.flock(open(sys.argv[1], "a"), fcntl.LOCK_EX | fcntl.LOCK_NB)
    print("free")
except BlockingIOError:
    print("taken")
"""


def test_while_one_process_exports_another_waits(tmp_path: Path) -> None:
    def another() -> str:
        return subprocess.check_output([sys.executable, "-c", TRY, str(tmp_path / ".lock")], text=True).strip()

    with Place.at(tmp_path).alone():
        assert another() == "taken"
    assert another() == "free"


def test_evidence_may_not_hide_a_column_of_the_act() -> None:
    with pytest.raises(NotRecordable, match="actor"):
        columns.schema({"actor": str})


def test_the_promised_columns_have_the_promised_types() -> None:
    schema = columns.schema(evidence_columns())
    assert schema.field("act").type == pa.int64()
    assert schema.field("version").type == pa.int16()
    assert schema.field("happened_at").type == pa.timestamp("us", "UTC")
    assert schema.field("exchanges").type == schema.field("topic_ids").type == pa.list_(pa.string())
    assert schema.field("by_author").type == pa.bool_()
