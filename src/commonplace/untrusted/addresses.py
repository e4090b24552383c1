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
_KNOWN: Final = re.compile(r"(?:https?:|mailto:|/|#(?:r|t)-|\Z)", re.IGNORECASE)


def addresses_plugin(markdown: MarkdownIt) -> None:
    markdown.inline.add_terminator_char("w")
    markdown.inline.ruler.push("bare_www", _www)
    markdown.inline.ruler.push("bare_address", _address)
    markdown.inline.ruler.push("bare_mailbox", _mailbox)


def _www(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("www.", state.pos) or not _may_begin(state, state.pos):
        return False
    return _linked(state, state.pos, match_www(_ahead(state, state.pos)), silent)


def _address(state: StateInline, silent: bool) -> bool:
    protocol = _PROTOCOL.search(state.pending[-5:]) if state.src.startswith("://", state.pos) else None
    start = state.pos - len(protocol[0]) if protocol else 0
    if not protocol or not _may_begin(state, start):
        return False
    return _linked(state, start, match_http(_ahead(state, start)), silent)


def _mailbox(state: StateInline, silent: bool) -> bool:
    name = _MAILBOX.search(state.pending[-72:]) if state.src[state.pos] == "@" else None
    start = state.pos - len(name[0]) if name else 0
    if not name or not _may_begin(state, start):
        return False
    has_scheme = name[0].startswith("mailto:")
    found = match_any_email(_ahead(state, start), 7 if has_scheme else 0, "mailto" if has_scheme else None)
    return _linked(state, start, found, silent)


def _may_begin(state: StateInline, start: int) -> bool:
    """After a space or a bracket; or after a letter of a script that writes without spaces."""
    before = state.src[start - 1 : start]
    return state.linkLevel == 0 and (not before or check_prev(before) or not before.isascii())


def _ahead(state: StateInline, start: int) -> str:
    words = state.src[start : min(state.posMax, start + LONGEST)]
    end = _END.search(words)
    return words[: end.start()] if end else words


def _linked(state: StateInline, start: int, found: tuple[str, int] | None, silent: bool) -> bool:
    if not found:
        return False
    address, length = found
    if not silent:
        state.pending = state.pending[: len(state.pending) - (state.pos - start)]
        state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(address)}
        state.push("text", "", 0).content = state.md.normalizeLinkText(state.src[start : start + length])
        state.push("link_close", "a", -1)
    state.pos = start + length
    return True


def leads_nowhere(address: str) -> bool:
    """Relative to a page that is not here, or to a place that this text has not."""
    return not _KNOWN.match(address)


def within(address: str, ids: dict[str, str]) -> str:
    """The address of a heading of the same text."""
    return f"#{ids[unquote(address[1:])]}" if address.startswith("#") and unquote(address[1:]) in ids else address
