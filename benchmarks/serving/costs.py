"""What work costs: nanoseconds on a processor, of processes and all their threads, as the kernel counts them."""

import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

TURNS = 100_000


def children(parent: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(path.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(path.parent.name))
    return found


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def cpu(pids: Iterable[int]) -> float:
    """In milliseconds since each began."""
    spent = 0
    for pid in pids:
        for thread in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            with suppress(OSError):
                spent += int(thread.read_text().split()[0])
    return spent / 1e6


def loop() -> float:
    """Milliseconds of a fixed loop: what this machine's Python does while a page is made."""

    def once() -> float:
        begun = time.process_time()
        total = 0
        for number in range(TURNS):
            total += number * number % 7
        return 1000 * (time.process_time() - begun)

    return min(once() for _ in range(5))
