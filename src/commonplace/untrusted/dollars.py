"""Which dollars are a formula's: those of prices, of shells and of their variables are not."""

import html as entities
import re
from itertools import count
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.dollarmath import dollarmath_plugin

from commonplace.untrusted.formulas import MOST, formula

_PIECE: Final = re.compile(r"(<[^>]*>)")
_TAG: Final = re.compile(r"<(/?)(\w+)")
_KEPT: Final = frozenset({"a", "code", "kbd", "math", "pre", "samp"})
# Not within a word or a path; no space inside; no word directly behind, but for the n-th.
_BEFORE: Final = r"(?<![\\$A-Za-z0-9_])(?<![^$\s][:/])"
_BEHIND: Final = r"(?![A-Za-z0-9_{$])"
_SIGN: Final = r"(?:[^$\\\n]|\n(?!\s*\n)|\\[^\n])"
_IN_TEXT: Final = re.compile(
    rf"{_BEFORE}(?:\$\$(?![.,;)])(?P<block>{_SIGN}++)\$\$(?!\$|\w)"
    rf"|\$(?![\s$]|\d[\d.,]*[,\s]\s*[A-Za-z]{{2}})(?P<inline>{_SIGN}++)(?<![\s:/])\$(?:(?=th\b)|{_BEHIND}))"
)


def dollars_plugin(markdown: MarkdownIt) -> None:
    markdown.use(dollarmath_plugin, allow_labels=False)
    markdown.inline.ruler.at("math_inline", _inline)


def _inline(inline: StateInline, silent: bool) -> bool:
    match = _IN_TEXT.match(inline.src, inline.pos, inline.posMax) if inline.src[inline.pos] == "$" else None
    if match and not silent:
        token = inline.push("math_inline_double" if match["block"] else "math_inline", "math", 0)
        token.content = match["block"] or _unquoted(match["inline"])
    inline.pos = match.end() if match else inline.pos
    return match is not None


def _unquoted(source: str) -> str:
    """GitHub's $`x`$ as well."""
    return source[1:-1] if len(source) > 2 and source[0] == source[-1] == "`" else source


def in_html(html: str) -> str:
    """The formulas between dollars in clean HTML, outside code, links and formulas that are there already."""
    if "$" not in html:
        return html
    open_tags, numbers, pieces = 0, count(), _PIECE.split(html)
    for at, piece in enumerate(pieces):
        tag = _TAG.match(piece)
        if tag and tag[2] in _KEPT:
            open_tags += -1 if tag[1] else 1
        elif not tag and open_tags == 0:
            pieces[at] = _IN_TEXT.sub(lambda match: _replaced(match, next(numbers)), piece)
    return "".join(pieces)


def _replaced(match: re.Match[str], number: int) -> str:
    block, source = match["block"] is not None, entities.unescape(match["block"] or match["inline"])
    made = formula(source, block) if number < MOST else ""
    return made if made.startswith("<math") else match[0]
