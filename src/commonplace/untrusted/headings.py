"""Headings of a text below those of its page: none leaves a level out, whatever its author began with."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

ABOVE: Final = 2  # The page's own: its title, and the one over the text.
LOWEST: Final = 6
_OPEN_OR_CLOSE: Final = re.compile(r"<(/?)h([1-6])(?=[ >])")


def levels(typed: Iterable[int]) -> Iterator[int]:
    """For each as it was typed, one below the nearest before it that stands higher."""
    above: list[int] = []
    for level in typed:
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        yield min(LOWEST, ABOVE + len(above))


def in_order(html: str) -> str:
    """Of HTML that was cleaned already."""
    opened = levels(int(match[2]) for match in _OPEN_OR_CLOSE.finditer(html) if not match[1])
    here = 0

    def placed(match: re.Match[str]) -> str:
        nonlocal here
        here = here if match[1] else next(opened)
        return f"<{match[1]}h{here}"

    return _OPEN_OR_CLOSE.sub(placed, html)
