"""The archive's own bytes, counted as they are taken."""

import io
from pathlib import Path
from typing import BinaryIO

from commonplace.untrusted.refused import Refused


class Packed(io.RawIOBase):
    """The file at `path`, or `file` of that name; no single read exceeds `largest`: a false header claims no memory."""

    def __init__(self, path: Path, largest: int, file: BinaryIO | None = None) -> None:
        self.path, self.largest, self.taken = path, largest, 0
        try:
            self.file: BinaryIO = file or path.open("rb")
        except OSError as error:
            raise Refused(f"{path}: cannot be read ({error.strerror}); check the path and its permissions") from None

    def read(self, size: int = -1) -> bytes:
        if size > self.largest:
            raise Refused(f"{self.path.name}: its list of files is too long; give what is needed alone")
        chunk = self.file.read(self.largest if size < 0 else size)
        self.taken += len(chunk)
        return chunk

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        return self.file.tell()

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self.file.close()
        super().close()
