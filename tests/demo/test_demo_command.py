"""`commonplace demo` from outside: what it refuses, and that it does not make an example twice."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from commonplace.demo import commands, folder
from tests.web.installation import commonplace, environment


@pytest.fixture
def served() -> list[int]:
    return []


@pytest.fixture
def command_line(served: list[int]) -> click.Group:
    """As `commonplace` holds it, beside a `serve` that only notes that it was called."""

    @click.command()
    @click.option("--port", envvar="PORT", default=8000)
    def serve(port: int) -> None:
        served.append(port)

    return click.Group("commonplace", commands={"demo": commands.demo, "serve": serve})


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Where an example was made; making takes no time here."""
    folders: list[Path] = []

    def make_ready(where: Path, is_new: bool) -> None:
        if is_new:
            with folder.making(where):
                folders.append(where)

    monkeypatch.setattr(commands, "make_ready", make_ready)
    monkeypatch.setattr(commands, "settle_in", lambda where: None)
    monkeypatch.setattr(commands, "invite", lambda port: click.echo(f"links for {port}"))
    return folders


def test_it_is_made_once_and_served_each_time(
    tmp_path: Path, command_line: click.Group, made: list[Path], served: list[int]
) -> None:
    env = {"COMMONPLACE_DEMO_DATA": str(tmp_path / "example"), "PORT": "8123"}
    for _ in range(2):
        answer = CliRunner().invoke(command_line, ["demo"], env=env)
        assert answer.exit_code == 0, answer.output
        assert "links for 8123" in answer.output
    assert made == [tmp_path / "example"]
    assert served == [8123, 8123]
    assert CliRunner().invoke(command_line, ["demo", "--anew", "--no-serve"], env=env).exit_code == 0
    assert (len(made), len(served)) == (2, 2)


def test_a_folder_with_data_is_refused_in_one_line_and_untouched(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "commonplace.sqlite3").write_bytes(b"real")
    answer = commonplace("demo", "--no-serve", env=environment(data, COMMONPLACE_DEMO_DATA=str(data)), cwd=tmp_path)
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1
    assert "stays as it is" in answer.stderr
    assert (data / "commonplace.sqlite3").read_bytes() == b"real"
    assert not (data / "demo").exists()
