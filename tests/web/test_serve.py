"""`commonplace serve` is one process tree that starts whole, stops whole, and says in one line what is wrong."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from commonplace.web import address
from tests.web.installation import LONGEST, Server, commonplace, environment, free_port, started


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all starts in this file: the first prepares it, the others find it."""
    return tmp_path_factory.mktemp("served") / "data"


@pytest.fixture
def server(data: Path) -> Iterator[Server]:
    server = Server(environment(data))
    yield server
    server.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_serves_and_stops_in_peace(server: Server, number: signal.Signals) -> None:
    assert f"http://127.0.0.1:{server.port}" in server.greeting
    assert server.status("/healthz") == 200
    assert server.status("/") == 302, "the first visit leads to the start"
    server.process.send_signal(number)
    printed = server.rest_of_the_story()
    assert server.process.returncode == 0, printed
    assert "Traceback" not in printed


def test_nothing_of_it_outlives_a_killed_parent(server: Server) -> None:
    server.process.kill()
    server.rest_of_the_story()
    assert server.process.returncode == -signal.SIGKILL
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port), timeout=1)


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for the children in /proc")
@pytest.mark.parametrize(("which", "name"), [(0, "web 1"), (2, "worker")])
def test_whoever_dies_is_started_again_and_pages_go_on(server: Server, which: int, name: str) -> None:
    before = server.children()
    os.kill(before[which], signal.SIGKILL)
    assert server.process.stdout
    assert f"The {name} process ended by itself; it is started again in 1 s." in server.process.stdout.readline()
    assert server.status("/healthz") == 200
    while len(now := server.children()) < len(before):
        assert server.status("/healthz") == 200
    assert set(now) > set(before) - {before[which]}


def test_web_processes_that_cannot_begin_stop_everything(data: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_SERVER)
    env = environment(data, PORT=str(free_port()))
    answer = commonplace("serve", env={**env, "PYTHONPATH": f"{tmp_path}:{env['PYTHONPATH']}"})
    assert answer.returncode == 1
    assert "process ended by itself; the lines above say why. Everything is stopped." in answer.stderr
    assert "Commonplace is at" not in answer.stdout


NO_SERVER = """
import sys
if sys.orig_argv[2:3] == ["commonplace.web.server"]:
    raise SystemExit(3)
"""


def test_idle_and_slow_visitors_keep_nobody_waiting(server: Server) -> None:
    """Beside 500 who say nothing, 50 who never end their form and 50 who never end their request, pages answer."""
    slow = [b""] * 500 + [
        b"POST /account/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\nlogin="
    ] * 50
    slow += [b"GET / HTTP/1.1\r\nHost: local"] * 50
    with ExitStack() as open_:
        waiting = [open_.enter_context(socket.create_connection(("127.0.0.1", server.port))) for _ in slow]
        for one, begun in zip(waiting, slow, strict=True):
            one.sendall(begun)
        assert [server.status(path) for path in ("/healthz", "/", "/account/login/") * 5] == [200, 302, 302] * 5
        for one in waiting:
            one.setblocking(False)
        assert all(_is_open(one) for one in waiting), "answered while all of them were there"


def _is_open(connection: socket.socket) -> bool:
    with suppress(BlockingIOError):
        return connection.recv(1) != b""
    return True


def test_a_second_server_on_the_same_folder_is_one_line(server: Server, data: Path) -> None:
    for words in (["serve"], ["restore", "--force", "nowhere.tar"]):
        answer = commonplace(*words, env=environment(data, PORT=str(free_port())))
        assert answer.returncode == 1
        assert answer.stderr.count("\n") == 1
        assert f"{data} is served already, by process {server.process.pid}: stop that one" in answer.stderr
    assert server.status("/healthz") == 200


def test_a_command_knows_where_the_folder_is_served(server: Server, data: Path) -> None:
    env = environment(data)
    assert f"http://127.0.0.1:{server.port}/people/" in commonplace("bot", "nobody@x.org", env=env).stderr
    server.kill()
    assert "http://127.0.0.1:8000/people/" in commonplace("bot", "nobody@x.org", env=env).stderr
    given = {**env, "COMMONPLACE_URL": "https://commonplace.example.org/"}
    assert "https://commonplace.example.org/people/" in commonplace("bot", "nobody@x.org", env=given).stderr


def test_a_port_in_use_is_one_line_and_touches_nothing(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        answer = commonplace("serve", env=environment(tmp_path / "data", PORT=str(port)))
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1
    assert f"Port {port} is in use: stop the other program or choose another, PORT={port + 1} make run" in answer.stderr
    assert not (tmp_path / "data").exists()


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    answer = commonplace("serve", env=environment(tmp_path / "file" / "data", PORT=str(free_port())))
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1
    assert "Set COMMONPLACE_DATA to a folder you may write" in answer.stderr


def test_off_this_machine_it_wants_to_know_its_names(tmp_path: Path) -> None:
    answer = commonplace("serve", env=environment(tmp_path / "data", PORT=str(free_port()), HOST="0.0.0.0"))
    assert answer.returncode == 1
    assert "COMMONPLACE_HOSTS=" in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_whoever_may_come_from_elsewhere_needs_the_code_that_only_the_terminal_shows(tmp_path: Path) -> None:
    env = environment(tmp_path / "data", PORT=str(free_port()), COMMONPLACE_HOSTS="commonplace.example.org")
    server = started("serve", env=env)
    assert server.stdout
    printed = server.stdout.readline()
    server.terminate()
    server.communicate(timeout=LONGEST)
    assert printed == f"The first account needs this code: {(tmp_path / 'data' / 'first.code').read_text()}\n"


def test_two_starts_at_once_prepare_the_folder_together(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    both = [started("migrate", env=env) for _ in range(2)]
    assert [process.communicate(timeout=LONGEST)[0].strip() for process in both] == [
        f"{tmp_path / 'data'} is ready."
    ] * 2
    assert commonplace("check", env=env).returncode == 0
    assert len((tmp_path / "data" / "secret.key").read_text()) == 64
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0, "nobody else on this machine looks in"


@pytest.mark.parametrize(
    ("host", "loopback"), [("127.0.0.2", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)]
)
def test_loopback_is_this_machine_only(host: str, loopback: bool) -> None:
    assert address.is_loopback(host) is loopback
