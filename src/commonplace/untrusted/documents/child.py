"""The process that reads: asked file after file, within limits, without a network, without writing anything.

`python -m commonplace.untrusted.documents.child`: a line of JSON that says what comes and how long it is, its bytes;
answers a line for each that it read, then an empty one.
"""

import json
import mimetypes
import os
import resource
import sys
from typing import Any, BinaryIO, Final

from commonplace.untrusted.documents import limits
from commonplace.untrusted.documents.found import Place, Refused
from commonplace.untrusted.documents.readers import read
from commonplace.untrusted.documents.wire import OUT_OF_MEMORY, packed

_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NEVER: Final = (
    "socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.fork", "os.system", "os.remove", "os.rename", "os.mkdir",
    "os.rmdir", "os.link", "os.symlink", "shutil.", "ctypes.", "urllib.", "tempfile.",
)  # fmt: skip


def main() -> None:
    _confine()
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    while line := asked.readline():
        try:
            _answer(json.loads(line), asked, answers)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)


def _answer(question: dict[str, Any], asked: BinaryIO, answers: BinaryIO) -> None:
    _grant(limits.SECONDS)
    data, place = asked.read(question["size"]), Place(question["file"])
    lines, size = [], 0
    for one in read(question["kind"], data, place, question["by_hand"]):
        lines.append(packed(one).encode() + b"\n")
        size += len(lines[-1])
        if size > limits.LARGEST_ANSWER:
            lines = [packed(Refused(place, "too_much")).encode() + b"\n"]
            break
    answers.write(b"".join(lines) + b"\n")
    answers.flush()


def _confine() -> None:
    mimetypes.knownfiles = []  # openpyxl would have the system's read
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would import it, and it asks for much memory
    for what, most in ((resource.RLIMIT_AS, limits.MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
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


if __name__ == "__main__":
    main()
