"""A line of what somebody said, for where no more of it is read: plain, and cut at a word."""

import re
from functools import lru_cache
from typing import Any, Final

from django.db.models.functions import Substr

from commonplace.untrusted.html import plain
from commonplace.untrusted.markdown import render_line

LENGTH, READ = 140, 700
_CUT: Final = re.compile(r"(?:<[^<>]*|&\w*)\Z")


def first_words(column: str) -> Any:
    """As much of a text's HTML as a line can need: lists do not read the whole of it."""
    return Substr(column, 1, READ)


@lru_cache(maxsize=2_000)
def line_of(html: str, length: int = LENGTH) -> str:
    """Of HTML that may be cut anywhere."""
    words = plain(_CUT.sub("", html))
    if len(words) <= length:
        return words
    kept = words[:length].rpartition(" ")[0] or words[: length - 1]
    return kept.rstrip(" ,;:.-–") + "…"


def line_in(markdown: str) -> str:
    """Of a short text that is kept as Markdown alone."""
    return line_of(render_line(markdown[:READ]))
