"""Commonplace as an operator has it: a program on a machine, in an environment of its own."""

import os
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 60


def environment(data: Path, **more: str) -> dict[str, str]:
    """Nothing of ours but what is said here: an embedded database in `data`."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "src"),
        "HOME": str(data.parent),
        "COMMONPLACE_DATA": str(data),
        **more,
    }


def commonplace(*words: str, env: dict[str, str], **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "commonplace", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=LONGEST, check=False, **options)


def started(*words: str, env: dict[str, str]) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "commonplace", *words]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Server:
    """`commonplace serve`, once it has said that it is there."""

    def __init__(self, env: dict[str, str]) -> None:
        self.port = free_port()
        self.process = started("serve", env={**env, "PORT": str(self.port)})
        assert self.process.stdout
        self.greeting = self.process.stdout.readline()

    def ask(self, path: str, method: str = "GET", body: str | None = None, **headers: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        answer = Answer(response.status, dict(response.headers), response.read())
        connection.close()
        return answer

    def status(self, path: str) -> int:
        return self.ask(path).status

    def children(self) -> list[int]:
        """The web processes and the worker, in the order in which they were started."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in path.read_text().split()]

    def rest_of_the_story(self) -> str:
        """What they print until the last of the tree has ended: all of them hold the other end of this pipe."""
        printed, _ = self.process.communicate(timeout=LONGEST)
        return printed

    def kill(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.rest_of_the_story()
