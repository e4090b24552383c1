"""What a file is: by how it begins, and then by all that its kind demands. Its name can only speak against it."""

from collections.abc import Mapping
from typing import Final

from commonplace.untrusted.uploads import drawing, offices, pdfs, texts
from commonplace.untrusted.uploads.found import Taken
from commonplace.untrusted.uploads.limits import LARGEST_DOCUMENT, LARGEST_PICTURE, MB
from commonplace.untrusted.uploads.reasons import NotTaken

_PICTURES: Final = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"GIF87a": "GIF", b"GIF89a": "GIF"}
# ISO containers, by the brand that stands at byte 8: pictures of one kind, of another, and films.
_AVIF: Final = (b"avif", b"avis")
_HEIC: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_ELSE: Final[Mapping[bytes, str]] = {
    b"\xd0\xcf\x11\xe0": "locked", b"ID3": "sound", b"OggS": "sound", b"fLaC": "sound", b"\x1aE\xdf\xa3": "sound",
    b"\xff\xfb": "sound", b"\xff\xf3": "sound", b"\xff\xf1": "sound", b"\x1f\x8b": "packed", b"7z\xbc\xaf": "packed",
    b"Rar!": "packed", b"BZh": "packed", b"\xfd7zXZ": "packed",
}  # fmt: skip


def taken(data: bytes, name: str) -> Taken:
    """Raises NotTaken."""
    if not data:
        raise NotTaken("empty")
    if picture := _picture(data):
        _must_be_at_most(LARGEST_PICTURE, data)
        return drawing.drawn(data, picture)
    _must_be_at_most(LARGEST_DOCUMENT, data)
    if data.startswith(pdfs.BEGINNING):
        return pdfs.taken(data)
    if data.startswith(offices.BEGINNING):
        return offices.taken(data)
    for beginning, why in _ELSE.items():
        if data.startswith(beginning):
            raise NotTaken(why)
    return texts.taken(data, name)


def _picture(data: bytes) -> str:
    """Its format, as the library that decodes it calls it; empty if it is none."""
    for beginning, picture in _PICTURES.items():
        if data.startswith(beginning):
            return picture
    if data.startswith(b"RIFF"):
        if data[8:12] != b"WEBP":
            raise NotTaken("sound")
        return "WEBP"
    return _contained(data[8:12]) if data[4:8] == b"ftyp" else ""


def _contained(brand: bytes) -> str:
    if brand in _AVIF:
        return "AVIF"
    raise NotTaken("heic" if brand in _HEIC else "sound")


def _must_be_at_most(most: int, data: bytes) -> None:
    if len(data) > most:
        raise NotTaken("too_large", most=most // MB)
