"""Whoever asks the child: it is ended when it takes too long, and one that broke off has answered nothing."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from enum import Enum
from threading import Event, Timer
from types import TracebackType
from typing import Any, Final, Self

from commonplace.untrusted.confined.inside import OUT_OF_MEMORY

# No secret of ours is among what the child knows.
_PASSED_ON: Final = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
_SETTINGS: Final = {"PYTHONDONTWRITEBYTECODE": "1", "OPENPYXL_LXML": "False", "LC_ALL": "C.UTF-8"}


class Why(Enum):
    TOO_SLOW = "too_slow"
    TOO_MUCH = "too_much"
    UNREADABLE = "unreadable"


class BrokeOff(Exception):
    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


def python(module: str) -> list[str]:
    return [sys.executable, "-P", "-m", module]


class Child:
    """One process for many questions, another for those that come after one on which it broke."""

    def __init__(self, command: Sequence[str]) -> None:
        self.command, self.spent = command, 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.end()

    def ask(self, question: dict[str, Any], data: bytes, seconds: float) -> list[bytes]:
        """The lines of the answer, each with its end; raises BrokeOff."""
        late = Event()
        process = self.process = self.process or _started(self.command)

        def out_of_time() -> None:
            late.set()
            process.kill()

        begun, timer = time.monotonic(), Timer(seconds, out_of_time)
        timer.start()
        try:
            lines = _answer(process, question | {"size": len(data)}, data)
        finally:
            timer.cancel()
            self.spent += time.monotonic() - begun
        if lines is None:
            raise BrokeOff(self._why(late.is_set()))
        if late.is_set():
            self.end()
        return lines

    def _why(self, late: bool) -> Why:
        code = self.end()
        if late:
            return Why.TOO_SLOW
        return Why.TOO_MUCH if code == OUT_OF_MEMORY else Why.UNREADABLE

    def end(self) -> int:
        if self.process is None:
            return 0
        process, self.process = self.process, None
        for pipe in filter(None, (process.stdin, process.stdout)):
            with suppress(OSError):  # What was still to be written, to one that has ended.
                pipe.close()
        process.kill()
        return process.wait()


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    env = {name: os.environ[name] for name in _PASSED_ON if name in os.environ} | _SETTINGS
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env)


def _answer(process: subprocess.Popen[bytes], question: dict[str, Any], data: bytes) -> list[bytes] | None:
    """None if it broke off before the end."""
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write(json.dumps(question).encode() + b"\n" + data)
        process.stdin.flush()
    except OSError:
        return None
    lines: list[bytes] = []
    for line in process.stdout:
        if line == b"\n":
            return lines
        lines.append(line)
    return None
