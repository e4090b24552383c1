"""The conformance suite: of whatever format, an importer is a pure reader; its records can be written as they come."""

import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonplace.archiving.importers import formats, importer
from commonplace.archiving.importing import Order, bring_in
from commonplace.archiving.records import Incoming, Quarantined, Record, Skipped
from commonplace.externalizing.models import Exchange
from commonplace.ledger.check import findings
from commonplace.untrusted.archives import open_archive
from commonplace.untrusted.refused import Refused
from tests.archiving.conformance import NOW, SAMPLES
from tests.story import Story


@pytest.fixture(params=formats())
def archive_format(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def sample(archive_format: str, tmp_path: Path) -> Path:
    return SAMPLES[archive_format](tmp_path / "ai.stackexchange.com")


def read(archive_format: str, path: Path) -> list[Record]:
    return list(importer(archive_format, NOW).read(open_archive(path), ""))


def incoming(records: list[Record]) -> Iterator[Incoming]:
    return (record for record in records if not isinstance(record, Skipped | Quarantined))


def test_every_format_has_a_sample() -> None:
    assert set(formats()) == set(SAMPLES)


def test_reading_is_pure(archive_format: str, sample: Path) -> None:
    before = {file: file.read_bytes() for file in sample.rglob("*")}
    assert read(archive_format, sample) == read(archive_format, sample) != []
    assert before == {file: file.read_bytes() for file in sample.rglob("*")}


def test_the_sample_has_something_of_everything(archive_format: str, sample: Path) -> None:
    kinds = {record.kind for record in incoming(read(archive_format, sample))}
    assert kinds >= {"person", "exchange", "answer", "comment"}


def test_a_record_has_an_id_of_its_own(archive_format: str, sample: Path) -> None:
    keys = [(record.kind, record.external_id) for record in incoming(read(archive_format, sample))]
    assert len(keys) == len(set(keys))
    assert all(identifier and len(f"{kind} {identifier}") <= 200 for kind, identifier in keys)


def test_times_are_aware_utc_and_not_to_come(archive_format: str, sample: Path) -> None:
    for record in incoming(read(archive_format, sample)):
        assert record.at.utcoffset() == timedelta(0)
        assert record.at <= NOW


def test_parents_come_first(archive_format: str, sample: Path) -> None:
    seen: set[tuple[str, str]] = set()
    for record in incoming(read(archive_format, sample)):
        for name, kind in (("exchange", "exchange"), ("target", "exchange"), ("answer", "answer"), ("about", "answer")):
            assert not getattr(record, name, "") or (kind, getattr(record, name)) in seen
        seen.add((record.kind, record.external_id))


def test_marks_are_short_and_the_same_each_time(archive_format: str, sample: Path) -> None:
    address, mark = importer(archive_format, NOW).marks(open_archive(sample))
    assert len(address) <= 100
    assert 0 < len(mark) <= 40
    assert (address, mark) == importer(archive_format, NOW).marks(open_archive(sample))


def test_what_is_left_out_has_a_reason(archive_format: str, sample: Path) -> None:
    assert all(record.reason for record in read(archive_format, sample) if isinstance(record, Skipped | Quarantined))


def test_an_archive_of_something_else_is_refused(archive_format: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("holiday.txt", "sun")
    with pytest.raises(Refused):
        read(archive_format, tmp_path / "other.zip")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(archive_format: str, sample: Path, data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(sorted(sample.rglob("*.*"))))
    whole = file.read_bytes()
    at, noise = data.draw(st.integers(0, len(whole))), data.draw(st.binary(max_size=6))
    file.write_bytes(whole[:at] + noise + whole[at + len(noise) :])
    try:
        assert all(isinstance(record, Record) for record in read(archive_format, sample))
    except Refused as refusal:
        assert "\n" not in str(refusal)  # noqa: PT017
    finally:
        file.write_bytes(whole)


def test_what_it_reads_can_be_written_twice(archive_format: str, sample: Path, story: Story) -> None:
    order = Order(archive_format, sample, story.community.slug)
    first, second = bring_in(order, story.facilitator), bring_in(order, story.facilitator)
    assert first.counts["exchanges"] == Exchange.objects.everywhere("test").count()
    assert second.counts.total() == second.counts["unchanged"] == first.counts.total()
    assert list(findings()) == []
