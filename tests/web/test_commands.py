"""The command line: help for everything without touching anything, and errors in one line."""

import importlib.util
import sqlite3
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from commonplace.web import command_line
from commonplace.web.command_line import Missing, load
from commonplace.web.command_line import commonplace as group
from commonplace.web.commands import COMMANDS, Entry
from commonplace.web.expected import sentence
from tests.web.installation import commonplace, environment


def _paths(command: click.Command, words: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if not isinstance(command, click.Group):
        return [words]
    return [words, *(path for name in command.commands for path in _paths(command.commands[name], (*words, name)))]


def installed() -> list[str]:
    return [name for name, entry in COMMANDS.items() if importlib.util.find_spec(entry.target.partition(":")[0])]


@pytest.mark.parametrize("name", installed())
def test_every_command_explains_itself(name: str) -> None:
    command = load(name, COMMANDS[name])
    for words in _paths(command, (name,)):
        inner: click.Command = command
        for word in words[1:]:
            assert isinstance(inner, click.Group)
            inner = inner.commands[word]
        assert inner.help, words
        assert all(one.help for one in inner.params if isinstance(one, click.Option)), words


@pytest.mark.parametrize("words", [(), ("serve",), ("check",), ("ledger", "export")])
def test_help_makes_no_data_folder(tmp_path: Path, words: tuple[str, ...]) -> None:
    answer = commonplace(*words, "--help", env=environment(tmp_path / "data"), cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert "Usage: commonplace" in answer.stdout
    assert not list(tmp_path.iterdir())


def test_a_command_that_is_not_there_says_so() -> None:
    with pytest.raises(Missing, match="not part of this installation"):
        load("fly", Entry("commonplace.flying:fly", "Fly."))
    assert group.get_command(click.Context(group), "fly") is None


def test_a_mistake_in_a_command_is_not_taken_for_its_absence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken_command.py").write_text("import no_such_thing_at_all")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="no_such_thing_at_all"):
        load("broken", Entry("broken_command:broken", "Broken.", needs_database=False))


@pytest.mark.parametrize("debug", ["", "1"])
def test_an_unexpected_error_is_one_line_unless_one_debugs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], debug: str
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("two\nlines")

    monkeypatch.setenv("COMMONPLACE_DEBUG", debug)
    monkeypatch.setattr(command_line, "commonplace", fail)
    if debug:
        with pytest.raises(RuntimeError):
            command_line._run()
    else:
        assert command_line._run() == 1
        line = capsys.readouterr().err
        assert "RuntimeError: two lines" in line
        assert line.count("\n") == 1


def test_a_broken_database_is_one_line(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    assert commonplace("migrate", env=env).returncode == 0
    (tmp_path / "data" / "commonplace.sqlite3").write_bytes(b"not a database at all" * 500)
    answer = commonplace("check", env=env)
    assert answer.returncode == 1
    assert "commonplace doctor" in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_a_setting_that_makes_no_sense_is_one_line(tmp_path: Path) -> None:
    answer = commonplace("check", env=environment(tmp_path / "data", COMMONPLACE_TLS="perhaps"))
    assert answer.returncode == 1
    assert "COMMONPLACE_TLS" in answer.stderr
    assert answer.stderr.count("\n") == 1


def _unseal(data: Path) -> None:
    with sqlite3.connect(data / "commonplace.sqlite3") as connection:
        connection.execute("DROP TRIGGER ledger_act_no_delete")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [(lambda data: None, "Nothing is amiss"), (_unseal, "ledger_act_no_delete")],
    ids=["well", "unsealed"],
)
def test_doctor_says_what_is_amiss(tmp_path: Path, spoil: Callable[[Path], None], says: str) -> None:
    env = environment(tmp_path / "data")
    assert "migrations wait" in commonplace("doctor", env=env).stdout
    commonplace("migrate", env=env)
    spoil(tmp_path / "data")
    answer = commonplace("doctor", env=env)
    assert says in answer.stdout
    assert answer.returncode == ("amiss" not in says)


def test_a_sentence_never_breaks_the_line() -> None:
    assert sentence(click.ClickException("One.\nTwo.\n")) == "One. Two."
