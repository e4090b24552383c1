"""What changed between two versions, part by part, as people read it: words and lines, not the signs of Markdown."""

from commonplace.consenting.differences import as_read, marked, read_as
from commonplace.objectifying.models import PARTS, Part, Version

__all__ = ["changes", "changes_in", "marked", "read_as"]


def changes(old: Version, new: Version) -> list[tuple[str, str]]:
    """(heading, HTML with <ins> and <del>) of each part that differs; the HTML is made of escaped words.

    Where nothing but the signs changed, so that both read the same, those are shown.
    """
    return [changes_in(part, old, new) for part in new.parts_changed_from(old)]


def changes_in(part: Part, old: Version, new: Version) -> tuple[str, str]:
    """Heading and HTML, of this part."""
    return str(PARTS[part]), as_read(getattr(old, part), getattr(new, part))
