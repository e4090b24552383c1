"""`commonplace bring`: what comes in and what does not, with its place; nothing by a dry run."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from commonplace.objectifying.commands import bring
from commonplace.objectifying.models import Batch
from tests.objectifying.batching import Desk
from tests.objectifying.conftest import Crew


@pytest.fixture
def desk(crew: Crew, tmp_path: Path) -> Desk:
    desk = Desk(crew, tmp_path / "handbook")
    desk.put("valve.md", "# Open a valve\nSlowly.")
    desk.put("plan.md", "---\nstatus: draft\n---\n# A plan\nLater.")
    desk.put("steps.csv", "Nom,Ablauf\nShut a valve,Fast.\n,Lost.\n")
    return desk


def run(desk: Desk, *options: str, slug: str = "pump-crews", by: str = "lea@example.org") -> Result:
    return CliRunner().invoke(bring, [str(desk.folder), "--community", slug, "--by", by, *options])


def numbers(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_it_says_what_came_in_and_where_what_did_not_stands(desk: Desk) -> None:
    result = run(desk, "--column", "Ablauf=how")
    assert result.exit_code == 0
    assert sorted(desk.practices()) == ["Open a valve", "Shut a valve"]
    assert desk.practices()["Shut a valve"].newest_version.how == "Fast."
    assert "2  new" in result.stdout
    assert "set aside: plan.md: Its status is “draft”" in result.stdout
    assert "set aside: steps.csv, row 3: This row has no title" in result.stdout
    assert "--status" in result.stdout


def test_it_says_which_day_was_read_and_which_source_it_may_be(desk: Desk) -> None:
    desk.put("more.csv", "title,how,since,tags\nPrime it,Fill it,03/04/2021," + "x" * 61)
    assert "read as 3 April 2021" in run(desk, "--source", "Works", "--dry-run").stdout.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    read = run(desk, "--source", "Works", "--dates", "month").stdout
    assert "the month first" in read
    assert "Of its topics these are left out" in read
    assert "It may be Works, from which" in run(desk, "--source", "works, 2nd edition", "--dry-run").stdout


def test_a_dry_run_says_the_same_and_keeps_nothing(desk: Desk) -> None:
    dry, wet = numbers(run(desk, "--dry-run", "--json")), numbers(run(desk, "--json"))
    assert (dry.pop("dry_run"), wet.pop("dry_run"), Batch.objects.everywhere("test").count()) == (True, False, 1)
    assert dry | {"seconds": 0} == wet | {"seconds": 0}


def test_nothing_is_a_practice_by_a_dry_run(desk: Desk) -> None:
    run(desk, "--dry-run")
    assert desk.practices() == {}
    assert not Batch.objects.everywhere("test").exists()


def test_the_same_again_changes_nothing(desk: Desk) -> None:
    run(desk)
    again = numbers(run(desk, "--json"))
    assert (again["new"], again["changed"], again["unchanged"], again["source"]) == (0, 0, 2, "handbook")


def test_what_is_said_of_all_holds(desk: Desk) -> None:
    words = ("--source", "Handbook 4", "--authority", "imposed", "--owner", "Maintenance", "--since", "2020-05-01")
    assert numbers(run(desk, *words, "--kind", "standard", "--status", "draft=in-force", "--json"))["new"] == 3
    whence = desk.practices()["A plan"].bringing
    known = (whence.source, whence.authority, whence.owner, str(whence.since_on), whence.source_kind, whence.by.name)
    assert known == ("Handbook 4", "imposed", "Maintenance", "2020-05-01", "standard", "Lea")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"by": "nobody@example.org"}, "--by EMAIL"),
        ({"by": "olga.operator@example.org"}, "Join it first"),
        ({"slug": "elsewhere"}, "pump-crews"),
    ],
)
def test_whoever_cannot_is_told_what_to_do(desk: Desk, options: dict[str, str], says: str) -> None:
    result = run(desk, **options)
    assert (result.exit_code, says in result.stderr, desk.practices()) == (1, True, {})


@pytest.mark.parametrize("option", ["--status=draft", "--status=draft=maybe", "--column=A=colour", "--authority=whim"])
def test_a_mapping_that_is_none_is_refused_with_what_there_is(desk: Desk, option: str) -> None:
    result = run(desk, option)
    assert (result.exit_code, desk.practices()) == (2, {})
    assert "one of" in result.stderr


def test_where_nothing_can_be_read_it_fails_and_says_why(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "talk.pptx").write_bytes(b"PK")
    words = [str(tmp_path / "talk.pptx"), "--community", "pump-crews", "--by", "lea@example.org"]
    result = CliRunner().invoke(bring, words)
    assert result.exit_code == 1
    assert "PPTX files are not read here" in result.stderr
    assert not Batch.objects.everywhere("test").exists()
