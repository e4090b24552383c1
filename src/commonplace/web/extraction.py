"""Finds the sentences of Django templates for Babel, which knows Python and Jinja2 only."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

SENTENCE = re.compile(r"""{%\s*trans(?:late)?\s+(?P<quote>["'])(?P<text>.*?)(?P=quote)""")
BLOCK = re.compile(r"{%\s*blocktrans(?:late)?\b(?P<options>.*?)%}(?P<text>.*?){%\s*endblocktrans", re.DOTALL)
VARIABLE = re.compile(r"{{\s*(\w+).*?}}")

Marked = tuple[int, str, str, list[str]]


def sentences(file: BinaryIO, keywords: Any, comment_tags: Sequence[str], options: dict[str, Any]) -> Iterator[Marked]:
    """(line, function, message, comments) for each sentence, as Babel's extractors give them."""
    source = file.read().decode()
    for match in SENTENCE.finditer(source):
        yield _line(source, match), "gettext", match["text"], []
    for match in BLOCK.finditer(source):
        yield _line(source, match), "gettext", _message(match), []


def _message(match: re.Match[str]) -> str:
    text = VARIABLE.sub(r"%(\1)s", match["text"])
    if "trimmed" in match["options"].split():
        return " ".join(line.strip() for line in text.strip().splitlines())
    return text


def _line(source: str, match: re.Match[str]) -> int:
    return source.count("\n", 0, match.start()) + 1
