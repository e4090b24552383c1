"""A picture of an archive is not shown: what it is called, and where it is, stand in its place."""

import re
from html import escape, unescape
from typing import Final

_PIECE: Final = re.compile(
    r"<a\b[^<>]*>|</a\s*>|<img\b(?>[^<>\"']+|\"[^\"]{0,1000}\"|'[^']{0,1000}'){0,30}+>", re.IGNORECASE
)
_SOURCE: Final = re.compile(r"\ssrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_ALT: Final = re.compile(r"\salt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
LONGEST: Final = 80
SIGN: Final = "\N{FRAME WITH PICTURE}"
# What an editor wrote for people who wrote nothing.
NO_NAME: Final = ("enter image description here", "image description", "alt text", "image")


def as_links(html: str) -> str:
    """Before it is cleaned."""
    within = False

    def replaced(match: re.Match[str]) -> str:
        nonlocal within
        piece = match[0].lower()
        if piece.startswith("<img"):
            return _picture(match[0], within)
        within = not piece.startswith("</")
        return match[0]

    return _PIECE.sub(replaced, html)


def _picture(tag: str, within_link: bool) -> str:
    source, name = _value(_SOURCE, tag), _value(_ALT, tag)
    scheme, between, place = source.partition("://")
    there = place if between and scheme.lower() in ("http", "https") else ""
    parts = ["" if name.lower() in NO_NAME else name, there[:LONGEST] + ("…" if there[LONGEST:] else "")]
    label = escape(" ".join([SIGN, " · ".join(filter(None, parts))]).strip())
    return f'<a href="{escape(source)}">{label}</a>' if there and not within_link else label


def _value(attribute: re.Pattern[str], tag: str) -> str:
    match = attribute.search(tag)
    return " ".join(unescape(match[1] or match[2] or "").split()) if match else ""
