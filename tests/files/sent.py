"""Files as people send them, and as they come out of the store."""

import io
import zipfile
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from commonplace.communities.models import Community, Person
from commonplace.files import storing
from commonplace.files.models import File, Held
from commonplace.files.receiving import receive

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TEXT = "application/vnd.oasis.opendocument.text"


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **how: Any) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, (200, 30, 30, 128)[: len(mode)]).save(file, form, **how)
    return file.getvalue()


def zipped(parts: dict[str, bytes | str], **how: Any) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, **how) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def contents(main: str = WORD, part: str = "/word/document.xml", more: str = "") -> str:
    return f'<Types xmlns="x"><Override PartName="{part}" ContentType="{main}"/>{more}</Types>'


def docx(more: dict[str, bytes | str] | None = None, listed: str = "") -> bytes:
    return zipped({"[Content_Types].xml": listed or contents(), "word/document.xml": "<w/>", **(more or {})})


def odt(mimetype: str = TEXT, manifest: str = "<m/>", more: dict[str, bytes | str] | None = None) -> bytes:
    return zipped({"mimetype": mimetype, "META-INF/manifest.xml": manifest, "content.xml": "<c/>", **(more or {})})


def sent(person: Person, data: bytes = b"", name: str = "seal.jpg") -> File:
    return receive(person, SimpleUploadedFile("x", data or picture()) if not name else named(name, data or picture()))


def named(name: str, data: bytes) -> SimpleUploadedFile:
    """Under the very name that was sent: Django's own would be shortened first."""
    upload = SimpleUploadedFile("x", data)
    upload._name = name  # type: ignore[attr-defined]
    return upload


def held(file: File, community: Community, of: str = "a text") -> Held:
    return Held.objects.create(file=file, community=community, holder="externalizing.exchange", of=of)


def shown(browser: Client, file: File, words: str = "", **headers: str) -> Any:
    return browser.get(file.get_absolute_url() + words, headers=headers)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def stored() -> list[Path]:
    """All that lies in the store, whatever it is."""
    return sorted(file for file in storing.folder().rglob("*") if file.is_file())
