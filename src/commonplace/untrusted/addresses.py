"""Bare addresses as links, in every script; links that lead to a place within a text, or nowhere here."""

import re
from typing import Final
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.gfm_autolink._match import check_prev, match_any_email, match_http, match_www

LONGEST: Final = 2_000
_PROTOCOL: Final = re.compile(r"https?\Z")
_MAILBOX: Final = re.compile(r"(?:mailto:)?[A-Za-z0-9.+_-]{1,64}\Z")
# Stops, commas, brackets and quotation marks that are not ASCII: they belong to the sentence around an address.
_END: Final = re.compile(
    "[\\s\u00ab\u00bb\u060c\u061b\u061f\u0964\u2018-\u201f"
    "\u3000-\u3002\u3008-\u3011\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]"
)
_KNOWN: Final = re.compile(r"(?:https?:|mailto:|tel:\+?[0-9(][0-9().-]{1,30}\Z|/|#(?:r|t)-|\Z)", re.IGNORECASE)


def addresses_plugin(markdown: MarkdownIt) -> None:
    markdown.inline.add_terminator_char("w")
    markdown.inline.ruler.push("bare_www", _www)
    markdown.inline.ruler.push("bare_address", _address)
    markdown.inline.ruler.push("bare_mailbox", _mailbox)


def _www(inline: StateInline, silent: bool) -> bool:
    if not inline.src.startswith("www.", inline.pos) or not _may_begin(inline, inline.pos):
        return False
    return _linked(inline, inline.pos, match_www(_ahead(inline, inline.pos)), silent)


def _address(inline: StateInline, silent: bool) -> bool:
    protocol = _PROTOCOL.search(inline.pending[-5:]) if inline.src.startswith("://", inline.pos) else None
    start = inline.pos - len(protocol[0]) if protocol else 0
    if not protocol or not _may_begin(inline, start):
        return False
    return _linked(inline, start, match_http(_ahead(inline, start)), silent)


def _mailbox(inline: StateInline, silent: bool) -> bool:
    name = _MAILBOX.search(inline.pending[-72:]) if inline.src[inline.pos] == "@" else None
    start = inline.pos - len(name[0]) if name else 0
    if not name or not _may_begin(inline, start):
        return False
    has_scheme = name[0].startswith("mailto:")
    match = match_any_email(_ahead(inline, start), 7 if has_scheme else 0, "mailto" if has_scheme else None)
    return _linked(inline, start, match, silent)


def _may_begin(inline: StateInline, start: int) -> bool:
    """After a space or a bracket; or after a letter of a script that writes without spaces."""
    before = inline.src[start - 1 : start]
    return inline.linkLevel == 0 and (not before or check_prev(before) or not before.isascii())


def _ahead(inline: StateInline, start: int) -> str:
    words = inline.src[start : min(inline.posMax, start + LONGEST)]
    end = _END.search(words)
    return words[: end.start()] if end else words


def _linked(inline: StateInline, start: int, match: tuple[str, int] | None, silent: bool) -> bool:
    if not match:
        return False
    address, length = match
    if not silent:
        inline.pending = inline.pending[: len(inline.pending) - (inline.pos - start)]
        inline.push("link_open", "a", 1).attrs = {"href": inline.md.normalizeLink(address)}
        inline.push("text", "", 0).content = inline.md.normalizeLinkText(inline.src[start : start + length])
        inline.push("link_close", "a", -1)
    inline.pos = start + length
    return True


def leads_nowhere(address: str) -> bool:
    """Relative to a page that is not here, or to a place that this text has not."""
    return not _KNOWN.match(address)


def within(address: str, ids: dict[str, str]) -> str:
    """The address of a heading of the same text."""
    return f"#{ids[unquote(address[1:])]}" if address.startswith("#") and unquote(address[1:]) in ids else address
