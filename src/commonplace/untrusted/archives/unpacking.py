"""The four ways in which a tar may be packed."""

import bz2
import gzip
import lzma
from collections.abc import Callable
from typing import Final, cast

from commonplace.untrusted.archives.limits import Limits
from commonplace.untrusted.archives.packed import Packed
from commonplace.untrusted.source import Source

Unpacking = Callable[[Packed, Limits], Source]
CHUNK: Final = 1 << 16


def bare(packed: Packed, limits: Limits) -> Source:
    return packed


def gzipped(packed: Packed, limits: Limits) -> Source:
    return gzip.GzipFile(fileobj=packed, mode="rb")


def bzipped(packed: Packed, limits: Limits) -> Source:
    return bz2.BZ2File(packed)


class Xz:
    """An .xz stream whose dictionary stays within `limits`; `lzma.open` would grant any size."""

    def __init__(self, packed: Packed, limits: Limits) -> None:
        self.packed = packed
        self.decompressor = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=limits.dictionary)

    def read(self, size: int, /) -> bytes:
        chunk = b""
        while not chunk and not self.decompressor.eof:
            more = self.packed.read(CHUNK) if self.decompressor.needs_input else b""
            if self.decompressor.needs_input and not more:
                raise EOFError("the file ends in the middle")
            chunk = self.decompressor.decompress(more, max_length=size)
        return chunk


def unxz(packed: Packed, limits: Limits) -> Source:
    return cast(Source, Xz(packed, limits))
