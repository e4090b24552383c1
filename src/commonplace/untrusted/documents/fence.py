"""Whoever asks the child: it is ended when it takes too long, and one that broke off has read nothing."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from threading import Event, Timer
from types import TracebackType
from typing import Final, Self

from commonplace.untrusted.documents import limits
from commonplace.untrusted.documents.found import Place, Read, Refused
from commonplace.untrusted.documents.wire import OUT_OF_MEMORY, unpacked

_COMMAND: Final = [sys.executable, "-P", "-m", "commonplace.untrusted.documents.child"]
# No secret of ours is among what the child knows.
_PASSED_ON: Final = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
_SETTINGS: Final = {"PYTHONDONTWRITEBYTECODE": "1", "OPENPYXL_LXML": "False", "LC_ALL": "C.UTF-8"}


class Fence:
    """One child for many files, another for those that come after one on which it broke."""

    def __init__(self, seconds: int = limits.SECONDS, of_all: int = 0) -> None:
        """`seconds`: for a file; `of_all`: for all together, if not as many as `limits` has."""
        self.of_all = of_all or limits.SECONDS_OF_ALL
        self.seconds, self.taken, self.spent = min(of_all or seconds, seconds), 0, 0.0
        self.child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    @property
    def is_spent(self) -> bool:
        return self.spent > self.of_all

    def read(self, kind: str, data: bytes, place: Place, by_hand: Mapping[str, str]) -> list[Read]:
        late = Event()
        self.taken += len(data)
        child = self.child = self.child or _started()

        def out_of_time() -> None:
            late.set()
            child.kill()

        begun, timer = time.monotonic(), Timer(self.seconds, out_of_time)
        timer.start()
        try:
            lines = _answer(child, kind, data, place, by_hand)
        finally:
            timer.cancel()
            self.spent += time.monotonic() - begun
        if lines is None:
            return [self._broken(place, late.is_set())]
        if late.is_set():
            self._end()
        return [unpacked(line) for line in lines]

    def _broken(self, place: Place, late: bool) -> Refused:
        code = self._end()
        if late:
            return Refused(place, "too_slow", {"most": self.seconds})
        return Refused(place, "too_much" if code == OUT_OF_MEMORY else "unreadable")

    def _end(self) -> int:
        if self.child is None:
            return 0
        child, self.child = self.child, None
        for pipe in filter(None, (child.stdin, child.stdout)):
            pipe.close()
        child.kill()
        return child.wait()


def _started() -> subprocess.Popen[bytes]:
    env = {name: os.environ[name] for name in _PASSED_ON if name in os.environ} | _SETTINGS
    return subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env)


def _answer(
    child: subprocess.Popen[bytes], kind: str, data: bytes, place: Place, by_hand: Mapping[str, str]
) -> list[bytes] | None:
    """None if it broke off before the end."""
    assert child.stdin
    assert child.stdout
    question = {"kind": kind, "size": len(data), "file": place.file, "by_hand": dict(by_hand)}
    try:
        child.stdin.write(json.dumps(question).encode() + b"\n" + data)
        child.stdin.flush()
    except OSError:
        return None
    lines: list[bytes] = []
    for line in child.stdout:
        if line == b"\n":
            return lines
        lines.append(line)
    return None
