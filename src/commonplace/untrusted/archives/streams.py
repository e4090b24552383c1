"""What comes out of an archive, counted byte by byte: headers may lie."""

import lzma
import tarfile
import zipfile
import zlib
from typing import Final

from commonplace.untrusted.archives.limits import Limits
from commonplace.untrusted.archives.packed import Packed
from commonplace.untrusted.refused import Refused
from commonplace.untrusted.source import Source

DAMAGED: Final = (EOFError, OSError, zlib.error, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile)


class Unbroken:
    """Reads `source`; damage becomes a `Refused` that names the file."""

    def __init__(self, source: Source, name: str) -> None:
        self.source, self.name = source, name

    def read(self, size: int, /) -> bytes:
        try:
            return self.source.read(size)
        except DAMAGED as error:
            reason = str(error).partition("\n")[0] or type(error).__name__
            raise Refused(f"{self.name}: damaged or cut off ({reason}); fetch it again") from None


class Shut:
    """A file that could not be opened: whoever reads it hears why, and the others can still be read."""

    def __init__(self, refusal: Refused) -> None:
        self.refusal = refusal

    def read(self, size: int, /) -> bytes:
        raise self.refusal


class Metered(Unbroken):
    """The same within `limits`, measured against what was taken from `packed`."""

    def __init__(self, source: Source, name: str, packed: Packed, limits: Limits) -> None:
        super().__init__(source, name)
        self.packed, self.limits = packed, limits
        self.given = self.given_before = 0
        self.taken_before = packed.taken

    def read(self, size: int, /) -> bytes:
        chunk = super().read(min(size, self.limits.window))
        self.given += len(chunk)
        if self.given > self.limits.total:
            raise Refused(f"{self.name}: unpacks to over {self.limits.total >> 20} MB; take out what is not needed")
        if self.given - self.given_before >= self.limits.window:
            self.weigh()
        return chunk

    def weigh(self) -> None:
        given, taken = self.given - self.given_before, self.packed.taken - self.taken_before
        if given > self.limits.ratio * taken:
            times = f"{self.limits.ratio} times its size"
            raise Refused(f"{self.name}: unpacks to over {times}, as a bomb does; get another copy")
        self.given_before, self.taken_before = self.given, self.packed.taken
