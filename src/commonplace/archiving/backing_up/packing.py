"""The file of a backup: a .tar.gz with a manifest of what it holds and of every digest."""

import hashlib
import io
import json
import os
import tarfile
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final, cast

from commonplace.ledger import clock
from commonplace.untrusted.archives import Limits, Source, open_archive
from commonplace.untrusted.refused import Refused

MANIFEST: Final = "manifest.json"
FORMAT: Final = 1
# Our own file, checked by digests: an empty page of a database packs better than any text.
LIMITS: Final = Limits(entries=10_000_000, ratio=2_000)
CHUNK: Final = 1 << 18


class Hashing:
    """Reads through and keeps the digest."""

    def __init__(self, source: Source) -> None:
        self.source, self.sha256 = source, hashlib.sha256()

    def read(self, size: int, /) -> bytes:
        chunk = self.source.read(size)
        self.sha256.update(chunk)
        return chunk


def pack(path: Path, files: dict[str, Path]) -> Path:
    """Write `files` (name in the backup -> file) to `path`, which only its owner may read.

    One that was deleted meanwhile is left out: whoever deleted it had no row for it any more.
    """
    digests = {}
    with _private(path) as raw, tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as tar:
        for name, file in files.items():
            with suppress(FileNotFoundError):
                digests[name] = _add(tar, name, file)
        manifest = {"format": FORMAT, "made_at": clock.wall().isoformat(), "files": digests}
        _add_text(tar, MANIFEST, json.dumps(manifest, indent=1))
    return path


def unpack(path: Path, into: Path) -> None:
    """Every file of the backup, checked against the manifest; raises `Refused` if anything differs or is missing."""
    into.mkdir(mode=0o700)
    digests = {name: _copy(file, into / name) for name, file in open_archive(path, LIMITS).files()}
    if MANIFEST not in digests:
        raise Refused(f"{path.name}: is no backup of Commonplace, or its end is missing; take another one")
    manifest = _manifest(path, into / MANIFEST)
    del digests[MANIFEST]
    wrong = sorted(set(digests.items()) ^ set(manifest["files"].items()))
    if wrong:
        raise Refused(f"{path.name}: is damaged ({wrong[0][0]} is not as it was); take another backup")


def _manifest(path: Path, file: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(file.read_text())
        files, known = dict(manifest["files"]), manifest["format"] == FORMAT
    except (ValueError, KeyError, TypeError):
        raise Refused(f"{path.name}: is no backup of Commonplace; take another one") from None
    if not known:
        raise Refused(f"{path.name}: was made by a newer release; update Commonplace first")
    return {"files": files}


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


def _add(tar: tarfile.TarFile, name: str, file: Path) -> str:
    with file.open("rb") as source:
        hashing, info = Hashing(source), tarfile.TarInfo(name)
        info.size, info.mtime = os.fstat(source.fileno()).st_size, int(os.fstat(source.fileno()).st_mtime)
        tar.addfile(info, cast("IO[bytes]", hashing))
    return hashing.sha256.hexdigest()


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(text.encode())
    tar.addfile(info, io.BytesIO(text.encode()))


def _copy(source: Source, target: Path) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    hashing = Hashing(source)
    with _private(target) as file:
        while chunk := hashing.read(CHUNK):
            file.write(chunk)
        os.fsync(file.fileno())
    return hashing.sha256.hexdigest()
