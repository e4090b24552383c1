"""Files made to be taken for something else, or to cost more than they seem to."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from random import Random
from typing import Final

from PIL import Image, PngImagePlugin

from tests.files.sent import PDF, TEXT, docx, odt, picture, zipped

CANARY: Final = b"CANARY-4711"
SCRIPT: Final = b"<script>alert(1)</script>"
PHP: Final = b"<?php system($_GET[0]); ?>"
SVG: Final = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
HTML: Final = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"


def with_chunk(png: bytes, kind: bytes, content: bytes) -> bytes:
    """After the header, as a program that reads pictures expects it."""
    chunk = struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    return png[:33] + chunk + png[33:]


def png_of(width: int, height: int) -> bytes:
    """As its header says; there are no points behind it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    data = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    )


def frames(many: int) -> bytes:
    """An animated PNG."""
    file, pictures = io.BytesIO(), [Image.new("RGB", (50, 50), (number % 255, 0, 0)) for number in range(many)]
    pictures[0].save(file, "PNG", save_all=True, append_images=pictures[1:], duration=1)
    return file.getvalue()


def bomb(times: int = 600 << 20) -> bytes:
    """A document that unpacks to 600 MB, of a hundredth of that."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made, zipfile.ZipFile(io.BytesIO(docx())) as plain:
        for name in plain.namelist():
            made.writestr(name, plain.read(name))
        with made.open("word/media/large.bin", "w", force_zip64=True) as part:
            for _ in range(times >> 20):
                part.write(bytes(1 << 20))
    return file.getvalue()


def listed_endlessly() -> bytes:
    """Its list of contents is the bomb."""
    return zipped({"[Content_Types].xml": b"<Types>" + b" " * (30 << 20) + b"</Types>", "word/document.xml": "<w/>"})


def entities() -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    return docx(listed=f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><Types>&l8;</Types>')


def noted(content: bytes) -> bytes:
    text, file = PngImagePlugin.PngInfo(), io.BytesIO()
    text.add_text("Comment", content.decode())
    Image.new("RGB", (20, 20)).save(file, "PNG", pnginfo=text)
    return file.getvalue()


# What is refused, and the beginning of the sentence.
REFUSED: Final[dict[str, tuple[str, bytes, str]]] = {
    "nothing": ("a.txt", b"", "This file is empty"),
    "a drawing that runs": ("a.svg", SVG, "SVG drawings are not taken"),
    "a drawing called a picture": ("a.png", SVG, "SVG drawings are not taken"),
    "a drawing after its declaration": ("a", b'<?xml version="1.0"?>\n' + SVG, "SVG drawings are not taken"),
    "a page": ("a.html", HTML, "Web pages and XML are not taken"),
    "a page called a picture": ("a.jpg", HTML, "Web pages and XML are not taken"),
    "a page behind spaces": ("a", b"\n\n  " + HTML, "Web pages and XML are not taken"),
    "words called a page": ("a.htm", b"hello", "Web pages and XML are not taken"),
    "words called a program": ("a.exe", b"hello", "This file is not what its name says"),
    "a program of Windows": ("a.jpg", b"MZ\x90\0\3\0\0\0" + bytes(200), "Files of this kind are not taken"),
    "a program of Linux": ("a.txt", b"\x7fELF\2\1\1\0" + bytes(200), "Files of this kind are not taken"),
    "a zip": ("a.docx", zipped({"a.txt": "x"}), "Packed files are not taken"),
    "a program in Java": ("a.docx", zipped({"META-INF/MANIFEST.MF": "x", "A.class": "x"}), "Packed files are not"),
    "a mobile picture": ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC pictures are not taken"),
    "a film": ("a.mp4", b"\0\0\0\x18ftypisom\0\0\0\0isom", "Sound and film are not taken"),
    "music": ("a.mp3", b"ID3\4\0\0\0\0\0\0", "Sound and film are not taken"),
    "an old document": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "This document is of an old kind"),
    "a locked document": ("a.odt", odt(manifest='<m xmlns="x"><encryption-data/></m>'), "This document is of an old"),
    "macros": ("a.docx", docx({"word/vbaProject.bin": b"x"}), "This document holds macros"),
    "macros by another name": (
        "a.docx",
        docx({"word/a.bin": b"x"}, '<Types><Override PartName="/word/a.bin" ContentType="application/'
             'vnd.ms-office.vbaProject"/></Types>'),
        "This document holds macros",
    ),
    "macros of LibreOffice": ("a.odt", odt(more={"Basic/Standard/a.xml": "x"}), "This document holds macros"),
    "a document without what it says": ("a.docx", zipped({"[Content_Types].xml": docx.__doc__ or "<x/>"}), "Files of"),
    "a picture of 2.5 thousand million points": ("a.png", png_of(50_000, 50_000), "The picture has more than 40"),
    "a picture of one line": ("a.png", png_of(2**31 - 1, 1), "The picture has more than 40"),
    "a document that explodes": ("a.docx", bomb(), "This file is damaged"),
    "a list that explodes": ("a.docx", listed_endlessly(), "This file is damaged"),
    "laughs": ("a.docx", entities(), "This file is damaged"),
    "a way out": ("a.docx", docx({"../../etc/passwd": "x"}), "This file is damaged"),
    "a cut picture": ("a.jpg", picture(size=(300, 300))[:400], "This file is damaged"),
    "a cut PDF": ("a.pdf", PDF[:30], "This file is damaged"),
    "a PDF behind something": ("a.pdf", b"x" + PDF, "This file is not what its name says"),
    "a PDF and more": ("a.pdf", PDF + HTML + bytes(100), "This file is damaged"),
    "a PDF that is too large": ("a.pdf", b"%PDF-1.7\n" + bytes(25 << 20) + b"%%EOF", "This file is larger than 25 MB"),
    "letters nobody knows": ("a.txt", "Straße".encode("latin-1"), "The letters of this text cannot be told"),
    "a text with a turn": ("a.txt", b"a\x1b[31mb", "Files of this kind are not taken"),
}  # fmt: skip

# What is taken, and as what.
TAKEN: Final[dict[str, tuple[str, bytes, str]]] = {
    "a picture and a script": ("a.gif", picture("GIF", mode="P") + b"/*" + SCRIPT + b"*/alert(1)", "image/jpeg"),
    "a script in a picture": ("a.js", b"GIF89a/*" + picture("GIF", mode="P")[8:], ""),
    "a picture and a zip": ("a.zip", picture() + zipped({"A.class": "x"}), "image/jpeg"),
    "a picture and a page": ("a.html", picture() + HTML + CANARY, "image/jpeg"),
    "a page in a picture's words": ("a.php", noted(PHP + SCRIPT + CANARY), "image/jpeg"),
    "a page in an unknown chunk": ("a.png", with_chunk(picture("PNG"), b"heRe", HTML + CANARY), "image/jpeg"),
    "a picture of many frames": ("a.png", frames(200), "image/jpeg"),
    "a PDF and a page": ("a.html", PDF[:9] + b"%" + HTML + PDF[9:], "application/pdf"),
    "a PDF that runs something": ("a.pdf", PDF[:9] + b"1 0 obj<</OpenAction<</S/JavaScript/JS(1)>>>>" + PDF[9:], ""),
    "a page called a text": ("a.txt", HTML, "text/plain; charset=utf-8"),
    "a drawing called a text": ("a.md", SVG, "text/plain; charset=utf-8"),
    "a program in words": ("a.sh", b"#!/bin/sh\nrm -rf /\n", "text/plain; charset=utf-8"),
    "a page in a document": ("a.odt", odt(more={"page.html": HTML}), TEXT),
}

VALID: Final = {
    "a.jpg": picture(size=(50, 30)), "a.png": picture("PNG"), "b.png": picture("PNG", mode="RGBA"),
    "c.png": with_chunk(picture("PNG", mode="P"), b"tEXt", b"Comment\0" + CANARY),
    "a.gif": picture("GIF", mode="P", comment=CANARY), "a.webp": picture("WEBP"), "b.webp": picture("WEBP", lossless=1),
    "a.avif": picture("AVIF"), "a.pdf": PDF, "a.txt": "Ä text of two\nlines, <b>and a tag".encode(),
    "a.docx": docx(), "a.odt": odt(),
}  # fmt: skip


def mutated(many: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Bytes turned, left out, doubled, exchanged; two files grown together; each under a name of another."""
    chance, names = Random(seed), sorted(VALID)
    for number in range(many):
        name = names[number % len(names)]
        data = bytearray(VALID[name])
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            _mutate(chance, data)
        yield chance.choice((name, name, *names, "a.html", "a.svg", "a", "../a.exe")), bytes(data)


def _mutate(chance: Random, data: bytearray) -> None:
    at = chance.randrange(len(data) + 1)
    way = chance.randrange(6)
    if way == 0 and data:
        data[at % len(data)] ^= 1 << chance.randrange(8)
    elif way == 1:
        del data[at : at + chance.randrange(1, 30)]
    elif way == 2:
        data[at:at] = data[at : at + chance.randrange(1, 60)]
    elif way == 3:
        data[at:at] = chance.choice((SCRIPT, SVG, HTML, PHP, b"\0", b"\r\n", b"PK\3\4", b"%PDF-1.4", b"\xff\xd8\xff"))
    elif way == 4:
        data[at : at + 4] = chance.choice((b"\xff" * 4, bytes(4), b"\x7f\xff\xff\xff", chance.randbytes(4)))
    else:
        other = VALID[chance.choice(sorted(VALID))]
        data[at:] = other[chance.randrange(len(other)) :]
