"""What a file turned out to be."""

from dataclasses import dataclass
from typing import Final

# Ours, by the ending that a name gets; nothing else is ever served.
MEDIA_TYPES: Final = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """`kind`: picture, pdf, text or office. `ending`: of MEDIA_TYPES. `data`: as it is kept, a picture drawn anew;
    `small`: its thumbnail, of the same media type; `width` and `height` in points."""

    kind: str
    ending: str
    data: bytes
    small: bytes = b""
    width: int = 0
    height: int = 0

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.ending]
