"""Formulas as people type them, made into MathML; what cannot be made is shown as it was typed."""

import html as entities
import re
from itertools import count
from typing import Any, Final

from latex2mathml.converter import Converter

LONGEST: Final = 2_000
MOST: Final = 400
# A command that makes commands may grow without end.
_DEFINING: Final = re.compile(r"\\(?:[egx]?def|let|(?:re)?newcommand|providecommand|newenvironment)\b")
_PIECE: Final = re.compile(r"(<[^>]*>)")
_TAG: Final = re.compile(r"<(/?)(\w+)")
_KEPT: Final = frozenset({"a", "code", "kbd", "math", "pre", "samp"})
_IN_TEXT: Final = re.compile(
    r"\$\$(?P<block>[^$]{1,2000})\$\$|(?<![\\$\w])\$(?P<inline>[^\s$](?:[^$\n]{0,1998}[^\s$\\])?)\$(?![\d$])"
)


def formula(source: str, block: bool = False) -> str:
    """MathML, or the source between its dollars. Whoever shows it cleans it."""
    source = source.strip()
    if len(source) > LONGEST or _DEFINING.search(source) or source.count("{") > LONGEST // 10:
        return _as_typed(source, block)
    try:
        made = _written(Converter(display="block" if block else "inline").convert_to_element(source))
    except Exception:  # whatever a parser of formulas raises, the reader sees what was written
        return _as_typed(source, block)
    return made


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


def _as_typed(source: str, block: bool) -> str:
    mark = "$$" if block else "$"
    return f"<code>{entities.escape(mark + source + mark, quote=False)}</code>"


def _written(element: Any) -> str:
    attributes = "".join(f' {name}="{entities.escape(value)}"' for name, value in element.attrib.items())
    inner = _escaped(element.text) + "".join(_written(child) + _escaped(child.tail) for child in element)
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"


def _escaped(text: str | None) -> str:
    """The library writes signs as numbers; they are read once, and never as tags."""
    return entities.escape(entities.unescape(text or ""), quote=False)
