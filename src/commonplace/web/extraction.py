"""Finds the sentences of Django templates for Babel, which knows Python and Jinja2 only."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

SENTENCE = re.compile(r"""{%\s*trans(?:late)?\s+(?P<quote>["'])(?P<text>.*?)(?P=quote)""")
BLOCK = re.compile(r"{%\s*blocktrans(?:late)?\b(?P<options>.*?)%}(?P<text>.*?){%\s*endblocktrans", re.DOTALL)
VARIABLE = re.compile(r"{{\s*(\w+).*?}}")

Found = tuple[int, str, str, list[str]]


def sentences(file: BinaryIO, keywords: Any, comment_tags: Sequence[str], options: dict[str, Any]) -> Iterator[Found]:
    """(line, function, message, comments) for each sentence, as Babel's extractors give them."""
    source = file.read().decode()
    for found in SENTENCE.finditer(source):
        yield _line(source, found), "gettext", found["text"], []
    for found in BLOCK.finditer(source):
        yield _line(source, found), "gettext", _message(found), []


def _message(found: re.Match[str]) -> str:
    text = VARIABLE.sub(r"%(\1)s", found["text"])
    if "trimmed" in found["options"].split():
        return " ".join(line.strip() for line in text.strip().splitlines())
    return text


def _line(source: str, found: re.Match[str]) -> int:
    return source.count("\n", 0, found.start()) + 1
