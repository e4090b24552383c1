"""Bytes as letters: UTF-8, UTF-16 that says so, else what Windows wrote in western Europe."""

import codecs
import re
from typing import Final

from commonplace.untrusted.documents.reasons import Unreadable
from commonplace.untrusted.lines import of_one_kind

_DECLARED: Final = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_KNOWN: Final = re.compile(
    r"(?:utf-?8|us-ascii|ascii|iso-8859-(?:[1-9]|1[03456])|latin-?1|windows-12[5]\d|cp125\d|koi8-[ru]|shift_jis|euc-jp"
    r"|iso-2022-jp|euc-kr|gb2312|gbk|gb18030|big5)\Z"
)
# What browsers read under that name.
_WIDER: Final = {"iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252"}
_SPACES: Final = str.maketrans({"\v": " ", "\f": " "})
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def letters(data: bytes, usual: str = "cp1252") -> str:
    """With each line ended by one sign; raises Unreadable for what is no text."""
    text = of_one_kind(_decoded(data, usual)).translate(_SPACES)
    if _CONTROL.search(text):
        raise Unreadable("not_text")
    return text


def declared(page: bytes) -> str:
    """The encoding that a page says of itself; raises Unreadable for one that is not known here."""
    match = _DECLARED.search(page[:4_096])
    name = match[1].decode().lower() if match else "us-ascii"
    if not _KNOWN.match(name):
        raise Unreadable("encoding")
    return _WIDER.get(name, name)


def shown(text: str) -> str:
    """Without what no text may hold, wherever it came from."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def _decoded(data: bytes, usual: str) -> str:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if wide else ["utf-8-sig", usual]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("encoding")
