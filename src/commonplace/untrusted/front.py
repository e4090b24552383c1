"""What a file says of itself before its text: `name: value` lines between two lines of dashes."""

import re
from typing import Final

_LINE: Final = r"[^\s:#-][^\n:]{0,60}:[^\n]*\n|[ \t]+\S[^\n]*\n|- [^\n]*\n|[ \t]*\r?\n"
_FRONT: Final = re.compile(rf"\A---[ \t]*\r?\n((?:{_LINE}){{1,100}})---[ \t]*(?:\r?\n|\Z)")


def parted(text: str) -> tuple[list[tuple[str, str]], str]:
    """The lines, as names and values, and the text without them."""
    match = _FRONT.match(text)
    if not match or ":" not in match[1].lstrip().split("\n", 1)[0]:
        return [], text
    lines: list[tuple[str, str]] = []
    for line in filter(str.strip, match[1].splitlines()):
        if line[0] in " \t-" and lines:
            lines[-1] = (lines[-1][0], f"{lines[-1][1]} {line.strip()}".strip())
        else:
            name, _colon, value = line.partition(":")
            lines.append((name.strip(), value.strip()))
    return lines, text[match.end() :]
