"""The operator's commands: what they print, and how they fail."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.test import override_settings

from commonplace.ledger import clock
from commonplace.ledger.models import Act
from commonplace.measuring import commands
from commonplace.measuring.lake import command
from commonplace.measuring.models import Figure
from tests.story import Story

KEYS = ["id", "value", "unit", "n", "events", "low", "high", "suppressed", "formula_version"]
IDS = ["X2", "X3", "X4", "O4.from_distil", "O4.from_propose", "N3",
       "C1.resolved", "C1.item", "C1.accepted", "C1.applied", "C1.embedded"]  # fmt: skip
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _lake(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def asked(db: None) -> Story:
    """Six people asked on six days of February; the facilitator answered each two hours later; three say it helped."""
    with clock.at(NOW - timedelta(days=60)):
        story = Story()
    for number in range(6):
        with clock.at(NOW - timedelta(days=10 + number)):
            asker = story.member(f"Asker {number}")
            exchange = story.ask(asker)
        with clock.at(NOW - timedelta(days=10 + number) + timedelta(hours=2)):
            response = story.respond(story.facilitator, exchange)
            if number < 3:
                story.confirm(asker, response)
    return story


def run(command: Any, *words: str) -> Result:
    with clock.at(NOW):
        return CliRunner().invoke(command, words)


def measured(*words: str) -> dict[str, Any]:
    result = run(commands.measure, "--community", "pump-crews", "--json", *words)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def figure(report: dict[str, Any], metric: str) -> dict[str, Any]:
    return next(one for one in report["metrics"] if one["id"] == metric)


def test_measure_prints_the_promised_object(asked: Story) -> None:
    report = measured()
    assert list(report) == ["community", "as_of", "window", "metrics"]
    assert (report["community"], report["as_of"], report["window"]) == ("pump-crews", NOW.isoformat(), "all")
    assert [metric["id"] for metric in report["metrics"]] == IDS
    assert all(list(metric) == KEYS for metric in report["metrics"])


def test_measure_gives_figures_of_now(asked: Story) -> None:
    assert figure(measured(), "X2") == {
        "id": "X2", "value": 1.0, "unit": "rate", "n": 6, "events": 6, "low": pytest.approx(0.6097, abs=1e-4),
        "high": 1.0, "suppressed": None, "formula_version": 1,
    }  # fmt: skip
    assert figure(measured(), "X4")["value"] == 0.5
    with clock.at(NOW - timedelta(days=1)):
        asked.ask(asked.member("One more"))
    assert figure(measured(), "X4")["events"] == 7


def test_too_few_cases_and_people_are_said_in_words(asked: Story) -> None:
    report = measured()
    assert figure(report, "X3")["suppressed"] == "too few to say: fewer than 8 cases"
    assert figure(report, "N3")["suppressed"] == "no cases in this window"
    assert figure(report, "C1.embedded")["suppressed"] == "not recorded in this release"
    last_week = measured("--window", "12d")
    assert figure(last_week, "X4")["suppressed"] == "too few to say: fewer than 5 people"
    assert (figure(last_week, "X4")["n"], figure(last_week, "X4")["events"]) == (None, None)


def test_the_moment_can_be_named(asked: Story) -> None:
    report = measured("--as-of", "2026-02-20")
    assert report["as_of"] == "2026-02-20T00:00:00+00:00"
    assert (figure(report, "X4")["events"], figure(report, "X4")["value"]) == (5, 0.4)


def test_without_json_a_table_for_people(asked: Story) -> None:
    result = run(commands.measure, "--community", "pump-crews")
    assert result.exit_code == 0
    assert "50.0%" in result.stdout
    assert "too few to say" in result.stdout


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (["--community", "nowhere"], "pump-crews"),
        (["--community", "pump-crews", "--window", "month"], "90d"),
        (["--community", "pump-crews", "--as-of", "yesterday"], "2026-03-31"),
        (["--community", "pump-crews", "--as-of", ""], "2026-03-31"),
    ],
)
def test_a_mistake_is_one_line_that_says_what_to_do(asked: Story, words: list[str], advice: str) -> None:
    result = run(commands.measure, *words)
    assert result.exit_code == 1
    assert advice in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_wrong_usage_is_two(db: None) -> None:
    assert run(commands.measure).exit_code == 2


def test_k_cannot_be_set_below_three(asked: Story) -> None:
    with override_settings(K_ANONYMITY=2):
        result = run(commands.measure, "--community", "pump-crews")
    assert result.exit_code == 1
    assert "fewer than 3" in str(result.exception)


def test_export_goes_to_the_lake_or_where_one_says(asked: Story, tmp_path: Path) -> None:
    acts = Act.objects.everywhere("test").count()
    done = json.loads(run(command.ledger, "export", "--json").stdout)
    assert done == {"path": str(tmp_path / "lake"), "months": 1, "written": 1, "acts": acts, "unread": {}}
    assert run(command.ledger, "export", str(tmp_path / "elsewhere")).exit_code == 0
    assert len(list((tmp_path / "elsewhere").glob("acts-*.parquet"))) == 1


def test_export_to_an_impossible_place_fails_in_one_line(asked: Story, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run(command.ledger, "export", str(tmp_path / "file" / "lake"))
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)


def test_publish_stores_the_figures_of_every_community(asked: Story) -> None:
    asked.found("valve-crews", "Valve crews", by=asked.facilitator)
    assert json.loads(run(commands.figures, "publish", "--json").stdout) == {"published": 22}
    assert Figure.objects.everywhere("test").count() == 22
