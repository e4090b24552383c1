"""Where one entry of a pasted list ends, and its cells."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import Final

from commonplace.untrusted.visible import one_line

SEPARATORS: Final = "\t;|,"
MOST_LINES, MOST_LETTERS, MOST_LINES_OF_A_CELL = 2_000, 2_000, 6
OPENS: Final = re.compile(r'(?:^|[;,\t|])[^\S\t]*"(?:[^"]|"")*$')
CLOSES: Final = re.compile(r'^(?:[^"]|"")*"\s*(?:$|[;,\t|<])')
BULLET: Final = re.compile(r"^\s*(?:[-*•–·]|\d{1,4}[.)])\s+")
# What a mail's header says before its people, in the languages of mail programs.
HEADER: Final = re.compile(
    r"^\s*(?:to|b?cc|from|reply[- ]to|an|von|kopie|blindkopie|antwort an|à|de|a|da|cci|copie(?: à| cachée)?|para"
    r"|per|cco?|con copia|aan|van|till?|från|fra|do|od|dw|кому|от|копия"
    r"|收件人|抄送|发件人|宛先|差出人|إلى|من)\s*[:：]\s*",
    re.I,
)
RULES: Final = re.compile(r"^\s*sep=.\s*$|^[\s|:+-]+$", re.I)


def records(text: str) -> Iterator[tuple[int, str]]:
    """With the number of the first line. A cell whose quotation mark is open goes on, if it closes soon.

    What is behind the last line that is read is one.
    """
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at = 0
    while at < len(lines):
        end = _end(lines, at) if at < MOST_LINES else len(lines)
        entry = "\n".join(lines[at:end])
        if entry.strip() and not RULES.match(entry):
            yield at + 1, entry
        at = end


def _end(lines: list[str], at: int) -> int:
    if len(lines[at]) <= MOST_LETTERS and OPENS.search(lines[at]):
        for more in range(at + 1, min(at + MOST_LINES_OF_A_CELL, len(lines))):
            if '"' in lines[more]:
                return more + 1 if CLOSES.match(lines[more]) else at + 1
    return at + 1


def cells(line: str, separator: str) -> list[str]:
    plain = re.sub("[“”„]", '"', line)
    if separator == "|":
        plain = plain.strip().strip("|")
    return [
        one_line(cell) for cell in next(csv.reader(StringIO(plain), delimiter=separator, skipinitialspace=True), [])
    ]
