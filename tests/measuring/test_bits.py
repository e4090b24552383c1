"""A bit of the lake that fell over is noticed before anything is told of it: what is told stands for good."""

import logging
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from django.db import transaction

from commonplace.measuring import publish as press
from commonplace.measuring.grid import Span
from commonplace.measuring.lake import Place, export
from commonplace.measuring.metrics import METRICS
from tests.measuring.test_publish import ASKED, RIPE, Crew

PLACES = 50
MARKS = (b"unread", b"ends", b"written_as")


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


def published(crew: Crew) -> dict[str, Any]:
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


def unanswered(content: bytes) -> bytes:
    """A file that reads well, and says otherwise."""
    acts, footer = pq.read_table(pa.BufferReader(content)), pq.read_metadata(pa.BufferReader(content))
    verbs = pc.replace_substring(acts["verb"], "responded", "edited")
    changed = pa.BufferOutputStream()
    with pq.ParquetWriter(changed, acts.schema) as writer:
        writer.write_table(acts.set_column(acts.schema.get_field_index("verb"), "verb", verbs))
        writer.add_key_value_metadata({name: footer.metadata[name] for name in MARKS})
    return changed.getvalue().to_pybytes()


def test_what_would_be_read_otherwise_without_a_word_changes_no_figure(crew: Crew) -> None:
    file = file_of(crew)
    whole, figures = file.read_bytes(), published(crew)
    assert any(value is not None for value, *_ in figures.values())
    file.write_bytes(unanswered(whole))
    assert published(crew) == figures
    assert file.read_bytes() == whole
