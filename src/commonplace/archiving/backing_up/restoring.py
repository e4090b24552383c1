"""Putting a backup back: checked as a whole first, then moved into place; what was there stays until it stands."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from commonplace.archiving.backing_up.databases import database, holds_something
from commonplace.archiving.backing_up.packing import unpack
from commonplace.ledger.alone import SERVED, occupy
from commonplace.untrusted.refused import Refused


def restore(path: Path, force: bool = False) -> None:
    """Raises `Refused`, and then the data folder is as before; one that this command made is gone again."""
    with _nothing_left_behind(settings.DATA):
        if holds_something() and not force:
            raise Refused(
                f"{settings.DATA}, or its database, is in use; give empty ones, or --force to replace what is there"
            )
        occupy(settings.DATA)
        _put_back(path)


def _put_back(path: Path) -> None:
    with TemporaryDirectory(dir=settings.DATA, prefix=".restoring-") as folder:
        unpacked, before = Path(folder, "backup"), Path(folder, "before")
        before.mkdir()
        unpack(path, unpacked)
        database().try_out(unpacked)
        with _moved(_pairs(unpacked), before):
            database().put_back(unpacked)


@contextmanager
def _nothing_left_behind(data: Path) -> Iterator[None]:
    was_served = (data / SERVED).exists()
    try:
        yield
    except BaseException:
        if not was_served:
            (data / SERVED).unlink(missing_ok=True)
        if settings.DATA_IS_NEW:
            (data / "secret.key").unlink(missing_ok=True)
            with suppress(OSError):  # Somebody has put something else there.
                data.rmdir()
        raise


def _pairs(unpacked: Path) -> list[tuple[Path, Path]]:
    (unpacked / "media").mkdir(exist_ok=True)
    return [(unpacked / "media", Path(settings.MEDIA_ROOT)), (unpacked / "secret.key", settings.DATA / "secret.key")]


@contextmanager
def _moved(pairs: list[tuple[Path, Path]], before: Path) -> Iterator[None]:
    """Within this block the files are in place; if it fails, those from before are again."""
    kept: list[tuple[Path, Path]] = []
    new_here = [place for _, place in pairs if not place.exists()]
    try:
        for new, place in pairs:
            if place.exists():
                os.replace(place, before / place.name)
                kept.append((before / place.name, place))
            os.replace(new, place)
        yield
    except BaseException:
        for old, place in kept:
            shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
            os.replace(old, place)
        for place in new_here:
            shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
        raise
