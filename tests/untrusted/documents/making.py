"""Documents as people have them, and as nobody should: built here, byte by byte where no program would."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook

from commonplace.untrusted.documents import Found, Noted, Read, Refused, read

WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
TYPES: Final = (
    f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
STYLES: Final = f'<w:styles xmlns:w="{WORD}">' + "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
    for key, name in (("Titre", "Title"), ("Titre1", "heading 1"), ("Titre2", "heading 2"))
) + "</w:styles>"  # fmt: skip


def paragraph(words: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}<w:r><w:t>{words}</w:t></w:r></w:p>"


USUAL_BODY: Final = (
    paragraph("Calibrate the scale", "Titre") + paragraph("When", "Titre1") + paragraph("Every Monday.")
    + paragraph("Mode opératoire", "Titre1") + paragraph("Put 10 kg on it, then read off.")
    + "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Weight</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Error</w:t></w:r></w:p>"
    "</w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>10 kg</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1 g</w:t></w:r></w:p>"
    "</w:tc></w:tr></w:tbl>" + paragraph("Limits", "Titre1") + paragraph("Not in the cold.")
)  # fmt: skip


def docx(body: str = USUAL_BODY, relations: str = "", before: str = "", **parts: str | bytes) -> bytes:
    """`before` stands in front of the document's root; a part is called `word__media__a_png`."""
    root = f'w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"'
    main = f'<?xml version="1.0"?>{before}<{root}><w:body>{body}</w:body></w:document>'
    return zipped({
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": main,
        "word/styles.xml": STYLES,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        **{name.replace("__", "/").replace("_", "."): data for name, data in parts.items()},
    })  # fmt: skip


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as anew:
        for name, data in files.items():
            anew.writestr(name, data)
    return made.getvalue()


def changed(package: bytes, part: str, old: str, new: str) -> bytes:
    """The same package with other words in one part; `old` empty stands for its beginning."""
    with zipfile.ZipFile(io.BytesIO(package)) as before:
        files = {name: before.read(name) for name in before.namelist()}
    assert old.encode() in files[part]
    return zipped(files | {part: files[part].replace(old.encode(), new.encode(), 1)})


def xlsx(rows: Iterable[Iterable[Any]], **others: Iterable[Iterable[Any]]) -> bytes:
    book, made = Workbook(), io.BytesIO()
    for name, table in {"Procedures": rows, **others}.items():
        sheet = book.create_sheet(name)
        for row in table:
            sheet.append(list(row))
    del book["Sheet"]
    book.save(made)
    return made.getvalue()


def repeated(words: str, times: int) -> bytes:
    """A workbook that keeps a text once, and shows it in every row."""
    rows = "".join('<row><c t="inlineStr"><is><t>a</t></is></c><c t="s"><v>0</v></c></row>' for _ in range(times))
    book = changed(xlsx([["Title", "How"]]), "xl/worksheets/sheet1.xml", "</sheetData>", rows + "</sheetData>")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    more = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    with zipfile.ZipFile(io.BytesIO(changed(book, "[Content_Types].xml", "</Types>", more))) as before:
        files: dict[str, str | bytes] = {name: before.read(name) for name in before.namelist()}
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return zipped(files | {"xl/sharedStrings.xml": f'<sst xmlns="{main}"><si><t>{words}</t></si></sst>'})


class Given:
    """A folder of documents, and what came of it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def holding(self, **files: str | bytes) -> "Given":
        """A file is called `a__one_md`."""
        for name, data in files.items():
            self.file(name.replace("__", "/").replace("_", "."), data)
        return self

    def file(self, name: str, data: str | bytes) -> Path:
        place = self.path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data.encode() if isinstance(data, str) else data)
        return place

    def read(self, **by_hand: str) -> list[Read]:
        return list(read(self.path, by_hand))

    def one(self, name: str, data: str | bytes, by_hand: Mapping[str, str] | None = None) -> list[Read]:
        return list(read(self.file(name, data), by_hand or {}))

    def document(self, name: str, data: str | bytes) -> Found:
        """It is read, whole, and there is nothing else to tell but how its columns are read."""
        (one,) = (one for one in self.one(name, data) if not (isinstance(one, Noted) and one.why == "known_columns"))
        assert isinstance(one, Found), one
        return one

    def refusal(self, name: str, data: str | bytes) -> Refused:
        (one,) = self.one(name, data)
        assert isinstance(one, Refused), one
        assert one.reason
        return one


def documents(read: Iterable[Read]) -> list[Found]:
    return [one for one in read if isinstance(one, Found)]


def refusals(read: Iterable[Read]) -> dict[str, str]:
    return {str(one.place): one.why for one in read if isinstance(one, Refused)}


def notes(read: Iterable[Read]) -> list[str]:
    return [one.why for one in read if isinstance(one, Noted)]
