"""The operator's commands: what they print, and how they fail."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from click.testing import CliRunner, Result
from django.test import override_settings
from rich.console import Console

from commonplace.archiving.importing import Order, bring_in
from commonplace.communities.models import Person
from commonplace.ledger import clock
from commonplace.ledger.models import Act
from commonplace.measuring import commands, report, tables
from commonplace.measuring.cycle.words import instead
from commonplace.measuring.lake import LakeUnusable, command
from commonplace.measuring.metrics import METRICS
from commonplace.measuring.models import Figure, Opening, current
from commonplace.measuring.readings import Reading
from commonplace.measuring.report import named
from commonplace.measuring.rules import Rules
from commonplace.measuring.windows import Period
from tests.archiving.dumps import SITE, small, write
from tests.story import Story

pytestmark = pytest.mark.any_database
KEYS = ["id", "value", "unit", "n_at_least", "events", "low", "high", "band", "suppressed", "formula_version",
        "since", "until", "seen", "protected"]  # fmt: skip
OF_PRACTICES = ["events_at_least" if name == "events" else name for name in KEYS]
IDS = ["X2", "X3", "X4", "O4.from_distil", "O4.from_propose", "N3",
       "C1.resolved", "C1.item", "C1.accepted", "C1.applied", "C1.embedded",
       "B1.used", "B1.accepted", "B1.passed_on"]  # fmt: skip
NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
"""Of the 12 weeks up to 16 February all is known since 18 March; of those up to 19 January since 18 February."""
BOTH = (("protected", ()), ("raw", ("--unprotected",)))
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
    assert {tuple(metric) for metric in report["metrics"]} == {tuple(KEYS), tuple(OF_PRACTICES)}
    assert all(metric["protected"] for metric in report["metrics"])
    assert openings() == 0


def test_measure_shows_what_the_pages_show(asked: Story) -> None:
    report = measured()
    shown = {one.metric: one for one in Figure.objects.latest_editions(asked.community).everywhere("test")}
    assert shown.keys() >= {metric.id for metric in METRICS}
    for one in report["metrics"]:
        stored = shown[one["id"]]
        names = ("value", "unit", "n", "events", "low", "high")
        shown_here = {name.removesuffix("_at_least"): value for name, value in one.items()}
        assert {name: shown_here[name] for name in names} == {name: getattr(stored, name) for name in names}
        assert one["until"] == stored.until.isoformat()


def test_measure_shows_the_last_window_of_the_grid_that_is_ripe(asked: Story) -> None:
    assert figure(measured(), "X2") == {
        "id": "X2", "value": 0.5, "unit": "rate", "n_at_least": 10, "events": 30, "low": 0.32, "high": 0.68,
        "band": None, "suppressed": None, "formula_version": 1, "since": "2025-11-24T00:00:00+00:00",
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
    assert openings() == 0


@pytest.mark.parametrize("day", ["2026-02-03", "2026-02-04", "2026-02-10"])
def test_no_day_that_is_named_makes_a_window_of_its_own(asked: Story, day: str) -> None:
    """The attack: two windows that differ by a day, subtracted."""
    run(commands.measure, "--community", "pump-crews", "--as-of", day)
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
    assert all([*one] == [key.removesuffix("_at_least") for key in KEYS] for one in report["metrics"])
    assert [one["protected"] for one in report["metrics"]] == [False] * len(IDS)
    assert figure(report, "X2")["since"] is None
    table = run(commands.measure, "--community", "pump-crews", "--unprotected").stdout
    lines = [line for line in table.splitlines() if line.split(" ")[0] in IDS]
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
    bring_in(Order("stackexchange", write(tmp_path / SITE, small()), "dump", "A dump"), asked.facilitator)
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


@pytest.fixture
def table(asked: Story) -> Callable[..., list[str]]:
    """Its lines, at a terminal of 80 columns."""

    def printed(*words: str, at: datetime = NOW, community: str = "pump-crews") -> list[str]:
        result = run(commands.measure, "--community", community, *words, at=at)
        assert result.exit_code == 0, result.output
        return [line.rstrip() for line in result.stdout.splitlines()]

    return printed


def row(lines: list[str], metric: str) -> str:
    """All lines of its row, its cells in one line each after the other."""
    first = next(at for at, line in enumerate(lines) if line.split(" ")[0] == metric)
    return " ".join(lines[first].split())


@pytest.mark.parametrize(("metric", "name"), [("O4.from_distil", "events_at_least"), ("X3", "events")])
def test_of_practices_so_many_or_more_are_told(metric: str, name: str) -> None:
    period = Period(NOW - 84 * DAY, NOW)
    line = report.Line(Reading(metric, "seconds", "", 1, value=60.0, n=5, events=10), period)
    shown = report.Report("pump-crews", NOW, [line], Rules())
    assert figure(shown.as_json(), metric)[name] == 10
    with Console(width=80, record=True) as console:
        console.print(tables.table(shown))
    assert (" 10+ " in console.export_text()) == (name == "events_at_least")
    raw = replace(shown, protected=False)
    assert figure(raw.as_json(), metric)["events"] == 10


@pytest.mark.parametrize("words", [[], ["--unprotected"]])
def test_without_json_a_table_for_people_that_fits_into_80_columns(
    table: Callable[..., list[str]], words: list[str]
) -> None:
    lines = table(*words)
    assert max(map(len, lines)) <= 80
    assert any(line.endswith("the beginning" if words else "-24 to") for line in lines), "nothing is cut off"
    assert {line.split(" ")[0] for line in lines} >= set(IDS), "each code whole"


def test_the_table_names_figures_and_is_no_more_exact_than_they_are(table: Callable[..., list[str]]) -> None:
    lines = table()
    assert row(lines, "X2").startswith("X2 answered")
    assert "50% 32% to 68% 10+ 30" in row(lines, "X2")
    assert "UNPROTECTED" not in " ".join(lines)


def test_the_table_prints_the_last_day_in_the_window(table: Callable[..., list[str]]) -> None:
    """Which ends with Sunday: Monday is the first day of the next."""
    text = " ".join(table())
    assert "2025-11-24" in text
    assert "2026-02-15" in text
    assert "2026-02-16" not in text


def test_each_reason_is_a_sentence_below(table: Callable[..., list[str]]) -> None:
    lines = table()
    below = lines[-8:]
    assert "not recorded" in row(lines, "C1.embedded")
    assert sum("not recorded here" in line for line in lines) == 1
    assert "too early" in row(lines, "N3")
    assert "told from" in row(lines, "N3")
    assert any(line.startswith("too early") and line.endswith("too early to say") for line in below)
    assert any(line.startswith("few ") and line.endswith("fewer than 5 people") for line in below)


def test_without_protection_the_reasons_are_the_same(asked: Story, table: Callable[..., list[str]]) -> None:
    """Nobody wrote anything down; nothing records what becomes part of the work."""
    report, lines = measured("--unprotected"), table("--unprotected")
    assert "?" not in "".join(lines)
    assert "not recorded" in " ".join(lines[lines.index(next(one for one in lines if "C1.embed" in one)) :][:3])
    assert figure(report, "C1.embedded") | {"since": 0} == figure(report, "C1.embedded") | {
        "since": 0, "suppressed": "not recorded here", "n": None, "events": None,
    }  # fmt: skip
    assert "no cases" in " ".join(lines)


def test_of_an_archive_neither_says_of_the_unrecorded_that_there_were_none(
    asked: Story, tmp_path: Path, table: Callable[..., list[str]]
) -> None:
    bring_in(Order("stackexchange", write(tmp_path / SITE, small()), "dump", "A dump"), asked.facilitator)
    printed = {name: run(commands.measure, "--community", "dump", "--json", *words).stdout for name, words in BOTH}
    untold = {
        name: {one["id"] for one in json.loads(text)["metrics"] if one["suppressed"] == "not recorded here"}
        for name, text in printed.items()
    }
    assert untold["protected"] == untold["raw"] > {"C1.embedded"}


def test_of_an_archive_that_ended_too_soon_it_says_what_the_page_says(asked: Story, tmp_path: Path) -> None:
    bring_in(Order("stackexchange", write(tmp_path / SITE, small()), "dump", "A dump"), asked.facilitator)
    report = json.loads(run(commands.measure, "--community", "dump", "--json").stdout)
    figures = current(Figure.objects.latest_editions(named("dump")).everywhere("test"))
    page = {name for name, one in figures.items() if instead(one) == "it ended too soon to say"}
    assert page
    assert {one["id"] for one in report["metrics"] if one["suppressed"] == "it ended too soon to say"} == page
    assert not any(one["suppressed"] == "too early to say" for one in report["metrics"])
    assert "told from" not in run(commands.measure, "--community", "dump").stdout


def test_whoever_opens_figures_reads_that_the_members_will_see_it(table: Callable[..., list[str]]) -> None:
    assert "read in their news that these figures were opened" in " ".join(table("--unprotected"))
    assert "opened" not in " ".join(table())


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_of_a_day_before_all_figures_it_says_when_the_first_was(asked: Story, words: list[str]) -> None:
    measured(at=datetime(2026, 2, 20, 9, tzinfo=UTC))
    result = run(commands.measure, "--community", "pump-crews", "--as-of", "2026-02-20T08:59", *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Nothing had been published by 2026-02-20 08:59 UTC; the first was on 2026-02-20." in result.stderr


@pytest.mark.parametrize("words", [[], ["--unprotected"]])
def test_a_day_to_come_is_refused_and_nothing_recorded(asked: Story, words: list[str]) -> None:
    result = run(commands.measure, "--community", "pump-crews", "--as-of", "2026-03-21", *words)
    assert result.exit_code == 1
    assert "2026-03-21 is still to come" in result.stderr
    assert openings() == 0


def test_without_a_community_it_says_which_there_are(asked: Story) -> None:
    result = run(commands.measure)
    assert result.exit_code == 2
    assert "There are: pump-crews" in " ".join(result.stderr.split())


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
