"""Long work in a process of its own: the memory it takes goes back to the machine, and it can be ended."""

import ctypes
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from commonplace.ledger.stopping import Stopping

log = logging.getLogger(__name__)
PR_SET_PDEATHSIG = 1
# Set when this process is asked to stop.
stopping = Stopping()

Process = subprocess.Popen[bytes]


class Stopped(BaseException):
    """Somebody asked us to stop."""


class ChildFailed(Exception):
    """It ended with an error, which the log has."""


class TookTooLong(Exception):
    """It was killed."""


def start(command: Sequence[str], **options: Any) -> Process:
    """A process that dies when we do."""
    die_too = partial(_die_with, os.getpid())
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=die_too, **options)


def _die_with(parent: int) -> None:
    """Also with one that is dead already: the kernel tells only of later deaths."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)


def python(module: str) -> list[str]:
    return [sys.executable, "-m", module]


def in_child(*words: str, seconds: int) -> None:
    """Run `commonplace ...`; its last line goes to the log. Killed when it takes longer, or when we are to stop."""
    child = start([*python("commonplace"), *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        lines, complaints = _heard(child, seconds)
    finally:
        child.kill()
        child.communicate()
    last = (complaints if child.returncode else lines).decode(errors="replace").strip().splitlines()[-1:]
    log.log(logging.WARNING if child.returncode else logging.INFO, "%s: %s", " ".join(words), *(last or ["-"]))
    if child.returncode:
        raise ChildFailed


def _heard(child: Process, seconds: int) -> tuple[bytes, bytes]:
    for _ in range(seconds):
        with suppress(subprocess.TimeoutExpired):
            return child.communicate(timeout=1)
        if stopping.is_set():
            raise Stopped
    raise TookTooLong
