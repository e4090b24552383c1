"""The operator's commands: what they print, and how they fail."""

import json
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from click.testing import CliRunner, Result
from django.test import override_settings

from commonplace.archiving.importing import Order, bring_in
from commonplace.communities.models import Person
from commonplace.ledger import clock
from commonplace.ledger.models import Act
from commonplace.measuring import commands, report
from commonplace.measuring.lake import LakeUnusable, command
from commonplace.measuring.metrics import METRICS
from commonplace.measuring.models import Figure, Opening
from tests.archiving.dumps import small, write
from tests.story import Story

KEYS = ["id", "value", "unit", "n", "events", "low", "high", "band", "suppressed", "formula_version",
        "since", "until", "seen", "protected"]  # fmt: skip
IDS = ["X2", "X3", "X4", "O4.from_distil", "O4.from_propose", "N3",
       "C1.resolved", "C1.item", "C1.accepted", "C1.applied", "C1.embedded"]  # fmt: skip
NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
"""Of the 12 weeks up to 16 February all is known since 18 March; of those up to 19 January since 18 February."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _lake(settings: Any, tmp_path: Path) -> None:
    settings.LAKE = str(tmp_path / "lake")


@pytest.fixture
def asked(db: None) -> Story:
    """Founded in November; from 2 December on one of fifteen asks every sixty hours, and every second is answered two
    hours later by whoever asked before: twenty by 19 January, thirty by 16 February."""
    with clock.at(datetime(2025, 11, 20, tzinfo=UTC)):
        story = Story()
        askers = [story.member(f"Asker {number}") for number in range(15)]
    for number in range(30):
        at = datetime(2025, 12, 2, 9, tzinfo=UTC) + number * 60 * HOUR
        with clock.at(at):
            exchange = story.ask(askers[number % 15])
        if number % 2:
            with clock.at(at + 2 * HOUR):
                story.respond(askers[(number - 1) % 15], exchange)
    return story


def run(command: Any, *words: str, at: datetime = NOW) -> Result:
    with clock.at(at):
        return CliRunner().invoke(command, words)


def measured(*words: str, at: datetime = NOW) -> dict[str, Any]:
    result = run(commands.measure, "--community", "pump-crews", "--json", *words, at=at)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def figure(report: dict[str, Any], metric: str) -> dict[str, Any]:
    return next(one for one in report["metrics"] if one["id"] == metric)


def openings() -> int:
    return Act.objects.filter(verb="figures.opened").everywhere("test").count()


def test_measure_prints_the_promised_object(asked: Story) -> None:
    report = measured()
    assert list(report) == ["community", "as_of", "metrics"]
    assert (report["community"], report["as_of"]) == ("pump-crews", NOW.isoformat())
    assert [metric["id"] for metric in report["metrics"]] == IDS
    assert all(list(metric) == KEYS for metric in report["metrics"])
    assert all(metric["protected"] for metric in report["metrics"])
    assert openings() == 0


def test_measure_shows_what_the_pages_show(asked: Story) -> None:
    report = measured()
    shown = {one.metric: one for one in Figure.objects.latest_editions(asked.community).everywhere("test")}
    assert shown.keys() >= {metric.id for metric in METRICS}
    for one in report["metrics"]:
        stored = shown[one["id"]]
        names = ("value", "unit", "n", "events", "low", "high")
        assert {name: one[name] for name in names} == {name: getattr(stored, name) for name in names}
        assert one["until"] == stored.until.isoformat()


def test_measure_shows_the_last_window_of_the_grid_that_is_ripe(asked: Story) -> None:
    assert figure(measured(), "X2") == {
        "id": "X2", "value": 0.5, "unit": "rate", "n": 10, "events": 30, "low": 0.32, "high": 0.68, "band": None,
        "suppressed": None, "formula_version": 1, "since": "2025-11-24T00:00:00+00:00",
        "until": "2026-02-16T00:00:00+00:00", "seen": "2026-03-18T00:00:00+00:00", "protected": True,
    }  # fmt: skip


def test_what_is_not_shown_is_said_in_words(asked: Story) -> None:
    report = measured()
    assert figure(report, "X4")["band"] == "few"
    assert figure(report, "X4")["value"] is None
    assert figure(report, "N3")["suppressed"] == "too early to say"
    assert figure(report, "N3")["seen"] == "2026-04-01T00:00:00+00:00"
    assert figure(report, "C1.embedded")["suppressed"] == "not recorded here"


def test_what_is_known_since_the_window_was_seen_changes_nothing(asked: Story) -> None:
    before = measured()
    with clock.at(NOW):
        asked.ask(asked.facilitator)
    assert measured(at=NOW + DAY)["metrics"] == before["metrics"]


def test_at_a_day_that_is_named_it_shows_what_could_be_read_then(asked: Story) -> None:
    february = datetime(2026, 2, 20, 9, tzinfo=UTC)
    first = measured(at=february)
    assert figure(first, "X2")["until"] == "2026-01-19T00:00:00+00:00"
    assert figure(measured(), "X2")["until"] == "2026-02-16T00:00:00+00:00"
    again = measured("--as-of", "2026-02-20T09:00")
    assert again == first
    assert measured("--as-of", "2026-02-20T08:59")["metrics"] == [], "nobody could read any yet"
    assert openings() == 0


@pytest.mark.parametrize("day", ["2026-02-03", "2026-02-04", "2026-02-10"])
def test_no_day_that_is_named_makes_a_window_of_its_own(asked: Story, day: str) -> None:
    """The attack: two windows that differ by a day, subtracted."""
    measured("--as-of", day)
    windows = Figure.objects.filter(metric="X2").everywhere("test").values_list("until", flat=True)
    assert list(windows) == [datetime(2026, 2, 16, tzinfo=UTC)]


def test_what_has_just_been_published_is_shown_while_time_goes_on(
    asked: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = count()
    monkeypatch.setattr(clock, "wall", lambda: NOW + next(ticks) * timedelta(seconds=1))
    result = CliRunner().invoke(commands.measure, ["--community", "pump-crews", "--json"])
    assert [one["id"] for one in json.loads(result.stdout)["metrics"]] == IDS


@pytest.mark.parametrize("words", [["--window", "12w"], ["--window", "all", "--as-of", "2026-02-01"]])
def test_a_window_of_one_s_own_is_refused(asked: Story, words: list[str]) -> None:
    result = run(commands.measure, "--community", "pump-crews", *words)
    assert result.exit_code == 2
    assert "--unprotected, which the members of the community see" in " ".join(result.stderr.split())
    assert not Figure.objects.everywhere("test").exists()


def test_without_protection_any_window_shows_anybody(asked: Story) -> None:
    """One asked in these days, and was answered."""
    report = measured("--unprotected", "--window", "8d", "--as-of", "2025-12-12")
    assert figure(report, "X2") | {"low": None, "high": None} == {
        "id": "X2", "value": 1.0, "unit": "rate", "n": 1, "events": 1, "low": None, "high": None, "band": None,
        "suppressed": None, "formula_version": 1, "since": "2025-12-04T00:00:00+00:00",
        "until": "2025-12-12T00:00:00+00:00", "seen": "2025-12-12T00:00:00+00:00", "protected": False,
    }  # fmt: skip
    assert not Figure.objects.everywhere("test").exists()


def test_without_protection_every_line_says_so(asked: Story) -> None:
    report = measured("--unprotected")
    assert [one["id"] for one in report["metrics"]] == IDS
    assert all(list(one) == KEYS for one in report["metrics"])
    assert [one["protected"] for one in report["metrics"]] == [False] * len(IDS)
    assert figure(report, "X2")["since"] is None
    table = run(commands.measure, "--community", "pump-crews", "--unprotected").stdout
    lines = [line for line in table.splitlines() if any(f" {name} " in line for name in IDS)]
    assert len(lines) == len(IDS)
    assert all("UNPROTECTED" in line for line in lines)


def test_to_read_without_protection_is_an_act(asked: Story) -> None:
    measured("--unprotected", "--window", "12w", "--as-of", "2026-02-01")
    [act] = Act.objects.filter(verb="figures.opened").everywhere("test")
    assert (act.actor, act.subject) == (asked.operator.pk, asked.community.pk)
    assert act.evidence == {"days": 84, "until_on": "2026-02-01"}
    opening = Opening.objects.everywhere("test").get()
    assert (opening.pk, opening.person, opening.days) == (act.object, asked.operator, 84)


def test_it_is_recorded_before_any_figure_is_read(asked: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "reading_of", Mock(side_effect=LakeUnusable("It is gone.")))
    assert run(commands.measure, "--community", "pump-crews", "--unprotected").exit_code == 1
    assert openings() == 1


def test_what_could_not_be_read_is_not_recorded(asked: Story, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings.LAKE = str(tmp_path / "file" / "lake")
    assert run(commands.measure, "--community", "pump-crews", "--unprotected").exit_code == 1
    assert openings() == 0


def test_of_an_archive_the_time_that_was_read_is_recorded(asked: Story, tmp_path: Path) -> None:
    """Not the day on which it was read."""
    write(tmp_path, small())
    bring_in(Order("stackexchange", tmp_path, "dump", "A dump"), asked.facilitator)
    assert run(commands.measure, "--community", "dump", "--unprotected", "--window", "12w").exit_code == 0
    assert Opening.objects.everywhere("test").get().until.year == 2016


def test_what_cannot_be_asked_is_not_recorded(asked: Story) -> None:
    for words in (["--window", "month"], ["--as-of", "yesterday"]):
        assert run(commands.measure, "--community", "pump-crews", "--unprotected", *words).exit_code == 1
    assert openings() == 0


def test_nobody_reads_without_protection_namelessly(asked: Story) -> None:
    Person.objects.filter(is_operator=True).update(is_operator=False)
    result = run(commands.measure, "--community", "pump-crews", "--unprotected")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert "no operator" in result.stderr
    assert openings() == 0


def test_with_several_operators_the_one_at_the_keyboard_is_named(asked: Story) -> None:
    second = asked.person("Second")
    Person.objects.filter(pk=second.pk).update(is_operator=True)
    raw = ("--community", "pump-crews", "--unprotected")
    result = run(commands.measure, *raw)
    assert (result.exit_code, len(result.stderr.splitlines()), openings()) == (1, 1, 0)
    assert all(one.email in result.stderr for one in (asked.operator, second))
    assert run(commands.measure, *raw, "--as", second.email).exit_code == 0
    assert Opening.objects.everywhere("test").get().person == second


def test_without_json_a_table_for_people(asked: Story) -> None:
    result = run(commands.measure, "--community", "pump-crews")
    assert result.exit_code == 0
    table = " ".join(result.stdout.replace("│", " ").split())
    assert "X2 50.0%" in table
    assert "10 or more" in table
    assert "UNPROTECTED" not in table


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (["--community", "nowhere"], "pump-crews"),
        (["--community", "nowhere", "--unprotected"], "pump-crews"),
        (["--community", "pump-crews", "--unprotected", "--window", "month"], "90d"),
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
    assert done == {
        "path": str(tmp_path / "lake"),
        "segments": 1,
        "written": 1,
        "mended": 0,
        "acts": acts,
        "unread": {},
    }
    assert run(command.ledger, "export", str(tmp_path / "elsewhere")).exit_code == 0
    assert len(list((tmp_path / "elsewhere").glob("acts-*.parquet"))) == 1


def test_export_to_an_impossible_place_fails_in_one_line(asked: Story, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run(command.ledger, "export", str(tmp_path / "file" / "lake"))
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)


def test_publish_stores_the_figures_of_every_community(asked: Story) -> None:
    valves = asked.found("valve-crews", "Valve crews", by=asked.facilitator)
    count = json.loads(run(commands.figures, "publish", "--json").stdout)["published"]
    assert count == Figure.objects.everywhere("test").count()
    for community in (asked.community, valves):
        figures = Figure.objects.filter(community=community).everywhere("test")
        assert {one.metric for one in figures} >= set(IDS)
