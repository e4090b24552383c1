"""The piece of a text where the terms stand, with the words that were asked for marked. Safe HTML."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from commonplace.internalizing.search.marking import Mark, Marker

LENGTH = 240
BEFORE = 60
LOOKED_THROUGH = 10_000


def marked(text: str, marker: Marker) -> Markup:
    """All of the text, its words that were asked for in <mark>."""
    return _with_marks(text, 0, len(text), list(marker.marks(text)))


def excerpt(text: str, marker: Marker) -> Markup:
    """About LENGTH characters around where most terms come together; the beginning, if they are only in the title."""
    there = list(marker.marks(text[:LOOKED_THROUGH]))
    start = max(0, _best_start(there) - BEFORE)
    start = text.find(" ", start) + 1 if start else 0
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + LENGTH // 2)
    inside = [mark for mark in there if mark.start >= start and mark.end <= end]
    piece = _with_marks(text, start, end, inside)
    return Markup("… " if start else "") + piece + Markup(" …" if end < len(text) else "")


def _best_start(there: Sequence[Mark]) -> int:
    def together(at: int) -> int:
        within = there[at].start + LENGTH - BEFORE
        return len({mark.term for mark in there[at : at + 50] if mark.end <= within})

    return there[max(range(len(there)), key=together)].start if there else 0


def _with_marks(text: str, start: int, end: int, there: Sequence[Mark]) -> Markup:
    pieces, at = [], start
    for mark in there:
        pieces += [escape(text[at : mark.start]), Markup("<mark>{}</mark>").format(text[mark.start : mark.end])]
        at = mark.end
    return Markup("").join([*pieces, escape(text[at:end])])
