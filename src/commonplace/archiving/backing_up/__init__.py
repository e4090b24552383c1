"""Backups: a consistent copy of database, media and secret in one file, tried out before it counts."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from commonplace.archiving.backing_up.databases import database
from commonplace.archiving.backing_up.noted import Made, made, note
from commonplace.archiving.backing_up.packing import pack, unpack
from commonplace.files.storing import ON_ITS_WAY
from commonplace.ledger import clock
from commonplace.untrusted.refused import Refused

__all__ = ["Made", "back_up", "made"]


def back_up(path: Path) -> Path:
    """Write the backup to `path` (a file, or a folder that gets one with today's name); returns the file."""
    target = path / f"commonplace-{clock.wall():%Y-%m-%d-%H%M}.tar.gz" if path.is_dir() else path
    if not target.parent.is_dir():
        raise Refused(f"{target.parent}: there is no such folder; make it first")
    with TemporaryDirectory(dir=target.parent, prefix=".commonplace-backup-") as folder:
        packed = _packed(Path(folder))
        _try_out(packed, Path(folder, "trial"))
        os.replace(packed, target)
    note(target)
    return target


def _packed(folder: Path) -> Path:
    dump = database().dump(folder)
    files = {dump.name: dump, "secret.key": settings.DATA / "secret.key"}
    for file in sorted(Path(settings.MEDIA_ROOT).rglob("*")):
        if file.is_file() and file.suffix != ON_ITS_WAY:
            files[f"media/{file.relative_to(settings.MEDIA_ROOT).as_posix()}"] = file
    return pack(folder / "backup.tar.gz", files)


def _try_out(packed: Path, folder: Path) -> None:
    unpack(packed, folder)
    database().try_out(folder)
