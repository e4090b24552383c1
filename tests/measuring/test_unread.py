"""An act of an unknown verb, or of evidence that cannot be read, stops nothing: it is exported as it is, counted, said.

Once: a closed month is not read again, and a month that grows tells only what is new.
"""

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from commonplace.ledger import clock
from commonplace.ledger.models import Act
from commonplace.measuring.engines import acts_of, engine
from commonplace.measuring.lake import columns, command, export
from commonplace.measuring.models import Figure
from commonplace.measuring.publish import publish
from commonplace.measuring.rules import Rules
from tests.measuring.test_lake import rows
from tests.story import Story

pytestmark = pytest.mark.breaks_ledger  # What no program of today would write.


def record(community: str, verb: str, evidence: Any, version: int = 1) -> None:
    at = {"happened_at": clock.now(), "recorded_at": clock.wall()}
    about = {"community": community, "subject": community, "object": community, "actor": community}
    Act.objects.create(verb=verb, evidence=evidence, version=version, **about, **at)


@pytest.fixture
def strange(story: Story) -> Story:
    exchange = story.ask(story.member("Lea"))
    record(story.community.pk, "practice.vanished", {"number": 3, "why": "of another program"})
    record(story.community.pk, "exchange.opened", {"kind": "story", "purpose": "reuse", "weather": 5})
    record(story.community.pk, "exchange.opened", {"kind": 7, "topic_ids": "pumps"})
    record(story.community.pk, "exchange.opened", ["not even", 1, "object"])
    record(story.community.pk, "exchange.responded", {"kind": "answer", "by_opener": False}, version=9)
    story.respond(story.member("Omar"), exchange)
    return story


def test_they_are_exported_as_they_are(strange: Story, tmp_path: Path) -> None:
    done = export(tmp_path)
    assert done.unread == {"exchange.opened": 3, "exchange.responded": 1, "practice.vanished": 1}
    unread = [row for row in rows(tmp_path) if row["unread"] is not None]
    stored = {act.pk: act.evidence for act in Act.objects.everywhere("test")}
    assert [json.loads(row["unread"]) for row in unread] == [stored[row["act"]] for row in unread]
    assert len(rows(tmp_path)) == done.acts == len(stored)


def test_what_fits_a_column_stands_in_it(strange: Story, tmp_path: Path) -> None:
    """A later program's further field takes nothing from what is known."""
    export(tmp_path)
    of_later, mistyped, no_object = (
        row for row in rows(tmp_path) if row["unread"] is not None and row["verb"] == "exchange.opened"
    )
    assert (of_later["kind"], mistyped["kind"], mistyped["topic_ids"], no_object["kind"]) == ("story", None, None, None)


def test_it_is_said_once(strange: Story, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        export(tmp_path)
        strange.ask(strange.member("Mia"))
        assert export(tmp_path).unread.total() == 5
    assert [one.getMessage() for one in caplog.records] == [
        "5 acts cannot be read and are exported as they are:"
        " exchange.opened 3, exchange.responded 1, practice.vanished 1"
    ]
    record(strange.community.pk, "practice.vanished", {})
    with caplog.at_level(logging.WARNING):
        export(tmp_path)
    assert caplog.records[1].getMessage().endswith("practice.vanished 1")


def test_figures_are_published_all_the_same(strange: Story, tmp_path: Path) -> None:
    assert publish(tmp_path, Rules()) == Figure.objects.everywhere("test").count() > 0
    with engine() as connection:
        assert acts_of(connection, tmp_path, strange.community.pk).count().to_pyarrow().as_py() > 5


def test_the_command_says_how_many(strange: Story, tmp_path: Path) -> None:
    result = CliRunner().invoke(command.ledger, ["export", str(tmp_path)])
    assert result.exit_code == 0
    assert "5 of them cannot be read and lie there as they are: exchange.opened 3" in result.stdout
    as_json = CliRunner().invoke(command.ledger, ["export", str(tmp_path), "--json"])
    assert json.loads(as_json.stdout)["unread"]["practice.vanished"] == 1


def test_evidence_of_an_earlier_version_is_exported_in_the_form_of_today(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange = story.ask(story.member("Lea"))
    export(tmp_path)
    kind = columns.ACTS["exchange.opened"].evidence
    monkeypatch.setattr(kind, "version", 2)
    monkeypatch.setattr(kind, "upcasts", {1: lambda stored: {**stored, "kind": "offer"}})
    assert export(tmp_path).written == 1
    assert next(row for row in rows(tmp_path) if row["subject"] == exchange.pk)["kind"] == "offer"
