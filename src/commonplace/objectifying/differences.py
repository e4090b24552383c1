"""What changed between two versions, part by part, as people read it: words and lines, not the signs of Markdown."""

import re

from commonplace.communities.texts import MARKDOWN, shown
from commonplace.consenting.differences import marked
from commonplace.objectifying.models import PARTS, Version
from commonplace.untrusted.html import plain

__all__ = ["changes", "marked", "read_as"]
ITEM = re.compile(r"<li\b[^>]*>")
END_OF_LINE = re.compile(r"</(?:p|li|h[1-6]|tr|pre|blockquote|div)>|<br\s*/?>|\n(?=[^<]*</pre>)")


def changes(old: Version, new: Version) -> list[tuple[str, str]]:
    """(heading, HTML with <ins> and <del>) of each part that differs; the HTML is made of escaped words.

    Where nothing but the signs changed, so that both read the same, those are shown.
    """
    return [(str(PARTS[part]), _marked(getattr(old, part), getattr(new, part))) for part in new.parts_changed_from(old)]


def read_as(source: str) -> str:
    """Markdown as it is read, a line for each paragraph and each point of a list."""
    html = ITEM.sub("<li>\N{BULLET} ", shown(source, MARKDOWN, "difference"))
    lines = (plain(line) for line in END_OF_LINE.split(html))
    return "\n".join(line for line in lines if line)


def _marked(old: str, new: str) -> str:
    before, after = read_as(old), read_as(new)
    return marked(old, new) if before == after else marked(before, after)
