"""Formulas as people type them, made into MathML; what cannot be made is shown as it was typed."""

import html as entities
import re
from typing import Any, Final

from latex2mathml.commands import MATRICES
from latex2mathml.converter import Converter

LONGEST: Final = 2_000
MOST: Final = 400
# A command that makes commands may grow without end.
_DEFINING: Final = re.compile(r"\\(?:[egx]?def|let|(?:re)?newcommand|providecommand|newenvironment)\b")
_UNSEEN: Final = re.compile(r"\\(?:label\s*\{[^{}]*\}|(?:nonumber|notag)(?![a-zA-Z]))")
# How far apart two lines are, which the library takes for the beginning of the next.
_GAP: Final = re.compile(r"\\\\(?:\*|\s*\[\s*-?[\d.]+\s*[a-z]{2}\s*\])+")
_ENVIRONMENT: Final = re.compile(r"\\(begin|end)\s*\{(\w+\*?)\}(\[[tbc]\]|\{\d+\})?")
_ALIGNED, _LINES = (r"\begin{align*}", r"\end{align*}"), (r"\begin{displaylines}", r"\end{displaylines}")
# What the library does not know, in the words that it knows.
_KNOWN: Final = {
    **dict.fromkeys(("align", "aligned", "alignat", "alignat*", "alignedat", "flalign", "flalign*"), _ALIGNED),
    **dict.fromkeys(("gather", "gather*", "gathered", "multline", "multline*", "multlined"), _LINES),
    **dict.fromkeys(("equation", "equation*", "displaymath", "math"), ("", "")),
    **dict.fromkeys(("eqnarray", "eqnarray*"), (r"\begin{array}{rcl}", r"\end{array}")),
    "dcases": (r"\begin{cases}", r"\end{cases}"),
    "rcases": (r"\left.\begin{array}{ll}", r"\end{array}\right\}"),
}
_NEW_LINE: Final = '<mspace linebreak="newline">'
_NO_COMMAND: Final = re.compile(r"<m[ino]\b[^>]*>\s*\\[a-zA-Z]")
_NO_COLUMN: Final = re.compile(r"<m[ino]\b[^>]*>\s*&amp;\s*</")
_AMPERSAND: Final = re.compile(r"(?<!\\)(?:\\\\)*\\&")


def formula(source: str, block: bool = False) -> str:
    """MathML that keeps its source, or the source between its dollars. Whoever shows it cleans it."""
    source = source.strip()
    if len(source) > LONGEST or _DEFINING.search(source) or source.count("{") > LONGEST // 10:
        return as_typed(source, block)
    try:
        return _made(source, block)
    except Exception:  # whatever a parser of formulas raises, the reader sees what was written
        return as_typed(source, block)


def as_typed(source: str, block: bool) -> str:
    mark = "$$" if block else "$"
    return f"<code>{entities.escape(mark + source + mark, quote=False)}</code>"


def _made(source: str, block: bool) -> str:
    """ValueError where the library passes on what it did not understand: it would be read as something else."""
    known = _ENVIRONMENT.sub(_in_known_words, _GAP.sub(r"\\\\", _UNSEEN.sub("", source)))
    made = _converted(known, source, block)
    if _NEW_LINE in made:
        made = _converted(known.join(_LINES), source, block)
    columns = len(_NO_COLUMN.findall(made)) - len(_AMPERSAND.findall(source))
    if _NEW_LINE in made or _NO_COMMAND.search(made) or columns > 0:
        raise ValueError(source)
    return made


def _in_known_words(match: re.Match[str]) -> str:
    edge, name, option = match[1], match[2], match[3] or ""
    if name in _KNOWN:
        return _KNOWN[name][edge == "end"]
    if f"\\{name}" not in MATRICES:
        raise ValueError(name)
    return f"\\{edge}{{{name}}}{option}"


def _converted(known: str, source: str, block: bool) -> str:
    element = Converter(display="block" if block else "inline").convert_to_element(known)
    element.set("alttext", " ".join(source.split()))
    return _written(element)


def _written(element: Any) -> str:
    attributes = "".join(f' {name}="{entities.escape(value)}"' for name, value in element.attrib.items())
    inner = _escaped(element.text) + "".join(_written(child) + _escaped(child.tail) for child in element)
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"


def _escaped(text: str | None) -> str:
    """The library writes signs as numbers; they are read once, and never as tags."""
    return entities.escape(entities.unescape(text or ""), quote=False)
