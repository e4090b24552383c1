"""A bit of the lake that fell over is noticed before anything is told of it: what is told stands for good."""

import logging
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db import transaction

from commonplace.measuring import publish as press
from commonplace.measuring.grid import Span
from commonplace.measuring.lake import Place, export
from commonplace.measuring.lake.columns import OF_ACT
from commonplace.measuring.metrics import METRICS
from tests.measuring.test_publish import ASKED, RIPE, Crew

PLACES = 50


@pytest.fixture
def crew(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Crew:
    monkeypatch.setattr(press, "METRICS", tuple(metric for metric in METRICS if metric.span is Span.WEEKS))
    crew = Crew(12, tmp_path)
    crew.asks(ASKED, unanswered=range(5))
    export(tmp_path)
    return crew


def flipped(content: bytes) -> Iterator[bytes]:
    """Each with one bit otherwise, anywhere."""
    chance = Random(7)
    for place in chance.choices(range(len(content)), k=PLACES):
        yield content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :]


def told(crew: Crew) -> dict[str, Any]:
    """What would be published of it, which is then taken back."""
    with transaction.atomic():
        figures = {name: (one.value, one.n, one.suppressed) for name, one in crew.publish(RIPE).items()}
        transaction.set_rollback(True)
    return figures


def file_of(crew: Crew) -> Path:
    (segment,) = Place.at(crew.lake).live()
    return crew.lake / segment.name


def test_one_bit_anywhere_is_noticed(crew: Crew, caplog: pytest.LogCaptureFixture) -> None:
    file = file_of(crew)
    whole = file.read_bytes()
    for harmed in flipped(whole):
        file.write_bytes(harmed)
        with caplog.at_level(logging.WARNING):
            assert export(crew.lake).mended == 1
        assert file.read_bytes() == whole
        assert "is not whole, and is written again" in caplog.messages[-1]


def read_otherwise(content: bytes, acts: pa.Table) -> bool:
    """Without a word."""
    try:
        return not pq.read_table(pa.BufferReader(content), columns=[*OF_ACT]).equals(acts)
    except (OSError, ValueError):
        return False


def test_what_would_have_been_read_otherwise_changes_no_figure(crew: Crew) -> None:
    file = file_of(crew)
    whole, figures = file.read_bytes(), told(crew)
    assert any(value is not None for value, *_ in figures.values())
    acts = pq.read_table(pa.BufferReader(whole), columns=[*OF_ACT])
    silent = [harmed for harmed in flipped(whole) if read_otherwise(harmed, acts)]
    assert len(silent) >= 3
    for harmed in silent[:3]:
        file.write_bytes(harmed)
        assert told(crew) == figures
        assert file.read_bytes() == whole
