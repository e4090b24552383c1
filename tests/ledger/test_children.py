"""Work in a process of its own is heard to the end, or ended."""

import logging
import os
import sys

import pytest

from commonplace.ledger import children
from commonplace.ledger.children import ChildFailed, Process, Stopped, TookTooLong, in_child
from commonplace.ledger.stopping import Stopping


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Process]:
    """Every child there was."""
    started: list[Process] = []
    start = children.start

    def noting(*command: object, **options: object) -> Process:
        started.append(start(*command, **options))  # type: ignore[arg-type]
        return started[-1]

    monkeypatch.setattr(children, "start", noting)
    return started


@pytest.fixture
def stopping(monkeypatch: pytest.MonkeyPatch) -> Stopping:
    stopping = Stopping()
    monkeypatch.setattr(children, "stopping", stopping)
    return stopping


def does(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    monkeypatch.setattr(children, "python", lambda module: ["sh", "-c", script, module])


def test_its_last_line_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        in_child("--version", seconds=60)
    assert caplog.messages[0].startswith("--version: commonplace, version ")


@pytest.mark.parametrize(("script", "line"), [("echo one; echo no lake >&2; exit 3", "no lake"), ("exit 3", "-")])
def test_a_failure_is_one(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, script: str, line: str
) -> None:
    does(monkeypatch, script)
    with pytest.raises(ChildFailed):
        in_child("figures", "publish", seconds=60)
    assert [(record.levelname, record.message) for record in caplog.records] == [
        ("WARNING", f"figures publish: {line}")
    ]


def is_there(process: Process) -> bool:
    try:
        os.kill(process.pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_one_that_takes_too_long_is_killed(
    monkeypatch: pytest.MonkeyPatch, started: list[Process], stopping: Stopping
) -> None:
    does(monkeypatch, "exec sleep 1000")
    with pytest.raises(TookTooLong):
        in_child(seconds=1)
    assert not is_there(started[0])


def test_it_ends_when_we_are_to_stop(
    monkeypatch: pytest.MonkeyPatch, started: list[Process], stopping: Stopping
) -> None:
    does(monkeypatch, "exec sleep 1000")
    stopping.set()
    with pytest.raises(Stopped):
        in_child(seconds=1000)
    assert not is_there(started[0])


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel tells of a parent's death there")
def test_a_child_whose_parent_is_dead_already_does_not_begin() -> None:
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.write(writing, b"begins")
        children._die_with(parent=1_000_000_000)
        os.write(writing, b" and goes on")
        os._exit(0)
    os.close(writing)
    os.wait()
    assert os.read(reading, 100) == b"begins"
    os.close(reading)
