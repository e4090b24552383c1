"""Where a lake lies: a folder, or an address that Arrow reads (file://, s3://, gs://, hdfs://)."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
from pyarrow import fs

from commonplace.measuring.lake.segments import Segment, live, named
from commonplace.measuring.lake.unusable import LakeUnusable

# So long may somebody read the files that they have listed.
GRACE = timedelta(hours=1)
UNFINISHED = ".unfinished-"
HALF_AN_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):(?!//)")


@dataclass(frozen=True, slots=True)
class Place:
    """Files appear in it whole or not at all."""

    address: str
    system: fs.FileSystem
    path: str

    @classmethod
    def at(cls, lake: str | Path) -> Place:
        """`lake` as COMMONPLACE_LAKE has it."""
        address = str(lake)
        if half := HALF_AN_ADDRESS.match(address):
            raise LakeUnusable(f"The lake {lake} is no address: write {half[1]}://..., or ./{lake} for a folder.")
        if "://" not in address:
            address = str(Path(address).expanduser().resolve())
            return cls(address, fs.LocalFileSystem(), address)
        system, path = fs.FileSystem.from_uri(address)
        return cls(address, system, path)

    @property
    def is_here(self) -> bool:
        return isinstance(self.system, fs.LocalFileSystem)

    def within(self, name: str) -> str:
        return f"{self.path.rstrip('/')}/{name}"

    def made(self) -> None:
        if not self.is_here or not os.path.isdir(self.path):
            self.system.create_dir(self.path, recursive=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One export after another on this machine; at an address names that are never half written must do."""
        if not self.is_here:
            yield
            return
        with open(self.within(".lock"), "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def files(self) -> list[fs.FileInfo]:
        """Nothing where nothing was written yet."""
        return list(self.system.get_file_info(fs.FileSelector(self.path, allow_not_found=True)))

    def live(self) -> list[Segment]:
        return live(named(file.base_name for file in self.files()))

    def get(self, name: str) -> bytes:
        with self.system.open_input_file(self.within(name)) as file:
            content: bytes = file.read()
        return content

    def put(self, name: str, content: bytes | pa.Buffer) -> None:
        """On a disk under another name at first; elsewhere an object appears when all of it was sent."""
        if not self.is_here:
            with self.system.open_output_stream(self.within(name)) as file:
                file.write(content)
            return
        unfinished = Path(self.within(UNFINISHED + uuid4().hex))
        try:
            with unfinished.open("wb") as disk:
                disk.write(content)
                disk.flush()
                os.fsync(disk.fileno())
            unfinished.replace(self.within(name))
        finally:
            unfinished.unlink(missing_ok=True)

    def swept(self, kept: list[Segment], now: datetime) -> None:
        """Away with what no reader takes any more: parts put together long ago, and what an export left half done."""
        names = {name for segment in kept for name in (segment.name, segment.seal)}
        for file in self.files():
            ours = file.base_name.startswith(("acts-", UNFINISHED)) and file.base_name not in names
            if ours and file.mtime and file.mtime.astimezone(UTC) < now - GRACE:
                self.system.delete_file(self.within(file.base_name))
