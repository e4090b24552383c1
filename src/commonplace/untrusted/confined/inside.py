"""The process that reads: asked one after another, within limits, without a network, without writing anything.

It is asked by a line of JSON that says how long what comes is, and its bytes; it answers lines, then an empty one.
"""

import json
import mimetypes
import os
import resource
import sys
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO, Final

# How the child says with its end that it was asked for too much.
OUT_OF_MEMORY: Final = 9
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NEVER: Final = (
    "socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.fork", "os.system", "os.remove", "os.rename", "os.mkdir",
    "os.rmdir", "os.link", "os.symlink", "shutil.", "ctypes.", "urllib.", "tempfile.",
)  # fmt: skip
Answer = Callable[[dict[str, Any], bytes], Sequence[bytes]]


def serve(answer: Answer, memory: int, seconds: int) -> None:
    """`answer` gives lines without their ends; for each question it has so many seconds."""
    confine(memory)
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    while line := asked.readline():
        try:
            _answer(json.loads(line), answer, seconds, asked, answers)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)


def _answer(question: dict[str, Any], answer: Answer, seconds: int, asked: BinaryIO, answers: BinaryIO) -> None:
    _grant(seconds)
    lines = answer(question, asked.read(question["size"]))
    answers.write(b"".join(line + b"\n" for line in lines) + b"\n")
    answers.flush()


def confine(memory: int) -> None:
    mimetypes.knownfiles = []  # openpyxl would have the system's read
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would import it, and it asks for much memory
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))
    places = tuple(os.path.realpath(place) + os.sep for place in (*sys.path, sys.prefix, sys.base_prefix) if place)

    def watched(event: str, args: tuple[Any, ...]) -> None:
        if event == "open" and not _is_module(args, places):
            raise PermissionError(f"{event} {args[0]!r}")
        if event.startswith(_NEVER):
            raise PermissionError(event)

    sys.addaudithook(watched)


def _is_module(args: tuple[Any, ...], places: tuple[str, ...]) -> bool:
    """Readers import what they need when they need it; nothing else is opened."""
    path, _, flags = args
    return isinstance(path, str) and not flags & _WRITING and os.path.realpath(path).startswith(places)


def _grant(seconds: int) -> None:
    """Should nobody be left who waits for the answer."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))
