"""A folder for as long as an engine runs. What a killed one left behind goes when the next one starts."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import IO

HELD = "held"


@contextmanager
def own_folder(root: Path) -> Iterator[Path]:
    """Whose process lives holds a lock in it, and the system lets go of that for whoever is killed."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _sweep(root)
        folder = Path(mkdtemp(dir=root))
        held = _hold(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
        held.close()


def _sweep(root: Path) -> None:
    for folder in filter(Path.is_dir, root.iterdir()):
        with suppress(BlockingIOError), _hold(folder):
            shutil.rmtree(folder)


def _hold(folder: Path) -> IO[str]:
    held = (folder / HELD).open("a")
    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return held
