"""Plain text: UTF-8 without signs that only programs read. It is served as nothing else, whatever it says."""

import posixpath
import re
from typing import Final

from commonplace.untrusted.uploads.found import Taken
from commonplace.untrusted.uploads.reasons import NotTaken

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP: Final = re.compile(r"\s*<[!?a-z]", re.IGNORECASE)
_DRAWING: Final = re.compile(r"<(?:\w+:)?svg\b", re.IGNORECASE)
# A text keeps such an ending; any other gets .txt, so that no machine takes it for a page or a program.
ENDINGS: Final = frozenset({
    "txt", "md", "markdown", "csv", "tsv", "log", "json", "yaml", "yml", "toml", "rst", "tex", "bib", "org", "srt",
    "diff", "patch", "sql",
})  # fmt: skip
_PAGES: Final = frozenset({
    "html", "htm", "xhtml", "shtml", "mht", "mhtml", "xml", "xsl", "xslt", "hta", "rss", "atom",
})  # fmt: skip
_OF_OTHERS: Final = frozenset({
    "jpg", "jpeg", "png", "gif", "webp", "avif", "pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "doc", "xls",
    "ppt", "zip", "mp3", "mp4", "mov", "exe",
})  # fmt: skip


def taken(data: bytes, name: str) -> Taken:
    ending = ending_of(name)
    text = _read(data, ending)
    if ending in ("svg", "svgz") or (ending not in ENDINGS and _MARKUP.match(text) and _DRAWING.search(text[:4_096])):
        raise NotTaken("drawing")
    if ending in _PAGES or (ending not in ENDINGS and _MARKUP.match(text)):
        raise NotTaken("page")
    if ending in _OF_OTHERS:
        raise NotTaken("not_as_named")
    return Taken("text", "txt", data)


def ending_of(name: str) -> str:
    return posixpath.splitext(name)[1].lower().removeprefix(".")


def _read(data: bytes, ending: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        is_text = b"\0" not in data or data.startswith((b"\xff\xfe", b"\xfe\xff"))
        raise NotTaken("encoding" if is_text and ending in ENDINGS else "kind") from None
    if _CONTROL.search(text):
        raise NotTaken("kind")
    return text
