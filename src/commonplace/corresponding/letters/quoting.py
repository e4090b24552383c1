"""What somebody said, as words alone: a letter brings no link, picture or style that anybody typed."""

import re

from commonplace.untrusted.html import plain

LONGEST = 3_000
_BREAK = re.compile(r"<br\s*/?>|</(?:p|li|h[1-6]|pre|blockquote|tr|d[dt])>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^>]*>", re.IGNORECASE)


def paragraphs(html: str) -> list[str]:
    """Not without end: the rest is read on the page."""
    kept: list[str] = []
    left = LONGEST
    for words in map(plain, _BREAK.split(_ITEM.sub("– ", html))):
        if words and left > 0:
            kept.append(words if len(words) <= left else f"{words[:left].rstrip()} …")
            left -= len(words)
    return kept
