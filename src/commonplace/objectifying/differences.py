"""What changed between two versions, part by part, as people read it: words and lines, not the signs of Markdown."""

from django.utils.translation import gettext as _

from commonplace.consenting.differences import as_read, marked, read_as
from commonplace.objectifying.models import PARTS, Part, Version
from commonplace.objectifying.reach import named

__all__ = ["changes", "changes_in", "for_others", "marked", "read_as"]


def changes(old: Version, new: Version) -> list[tuple[str, str]]:
    """(heading, HTML with <ins> and <del>) of each part that differs, and of whom it is for; of escaped words.

    Where nothing but the signs changed, so that both read the same, those are shown.
    """
    parts = [changes_in(part, old, new) for part in new.parts_changed_from(old)]
    return parts if old.for_whom == new.for_whom else [*parts, for_others(named(old), named(new))]


def for_others(old: str, new: str) -> tuple[str, str]:
    """Heading and HTML, of whom it is for."""
    return _("For whom"), marked(old, new)


def changes_in(part: Part, old: Version, new: Version) -> tuple[str, str]:
    """Heading and HTML, of this part."""
    return str(PARTS[part]), as_read(getattr(old, part), getattr(new, part), _kept(part, old), _kept(part, new))


def _kept(part: Part, version: Version) -> str:
    """The HTML that was made when it was written."""
    return "" if version._state.adding else str(getattr(version, f"{part}_html"))
