"""`commonplace demo` from outside: what it refuses, and that it does not make an example twice."""

import socket
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from commonplace.demo import commands, folder
from tests.web.installation import commonplace, environment, free_port


@pytest.fixture
def served() -> list[int]:
    return []


@pytest.fixture
def command_line(served: list[int]) -> click.Group:
    """As `commonplace` holds it, beside a `serve` that only notes that it was called."""

    @click.command()
    @click.option("--host", default="127.0.0.1")
    @click.option("--port", envvar="PORT", default=8000)
    def serve(host: str, port: int) -> None:
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
    port = free_port()
    env = {"COMMONPLACE_DEMO_DATA": str(tmp_path / "example"), "PORT": str(port)}
    for _ in range(2):
        answer = CliRunner().invoke(command_line, ["demo"], env=env)
        assert answer.exit_code == 0, answer.output
        assert f"links for {port}" in answer.output
    assert made == [tmp_path / "example"]
    assert served == [port, port]
    assert CliRunner().invoke(command_line, ["demo", "--anew", "--no-serve"], env=env).exit_code == 0
    assert (len(made), len(served)) == (2, 2)


def test_at_a_port_in_use_nobody_is_invited_and_nothing_is_made(
    tmp_path: Path, command_line: click.Group, made: list[Path], served: list[int]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        env = {"COMMONPLACE_DEMO_DATA": str(tmp_path / "example"), "PORT": str(port)}
        answer = CliRunner().invoke(command_line, ["demo"], env=env)
        assert (answer.exit_code, made, served) == (1, [], [])
        assert f"port {port} " in answer.output
        assert "links for" not in answer.output
        links = CliRunner().invoke(command_line, ["demo", "--no-serve"], env=env)
        assert f"links for {port}" in links.output, "of the example that is served there"


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
