"""The piece of a text where the terms stand, with the found words marked. Safe HTML."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from commonplace.internalizing.search.typed import Term
from commonplace.internalizing.search.words import WORD, fold, stems

LENGTH = 240
BEFORE = 60
LOOKED_THROUGH = 50_000
MOST_MARKS = 200


@dataclass(frozen=True, slots=True)
class Mark:
    start: int
    end: int
    term: int


def marked(text: str, terms: Sequence[Term], language: str) -> Markup:
    """All of the text, its found words in <mark>."""
    return _with_marks(text, 0, len(text), list(_marks(text, terms, language)))


def excerpt(text: str, terms: Sequence[Term], language: str) -> Markup:
    """About LENGTH characters around where most terms come together; the beginning, if they are only in the title."""
    marks = list(_marks(text[:LOOKED_THROUGH], terms, language))
    start = max(0, _best_start(marks) - BEFORE)
    start = text.find(" ", start) + 1 if start else 0
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + LENGTH // 2)
    inside = [mark for mark in marks if mark.start >= start and mark.end <= end]
    piece = _with_marks(text, start, end, inside)
    return Markup("… " if start else "") + piece + Markup(" …" if end < len(text) else "")


def _best_start(marks: Sequence[Mark]) -> int:
    def together(at: int) -> int:
        within = marks[at].start + LENGTH - BEFORE
        return len({mark.term for mark in marks[at : at + 50] if mark.end <= within})

    return marks[max(range(len(marks)), key=together)].start if marks else 0


def _marks(text: str, terms: Sequence[Term], language: str) -> Iterator[Mark]:
    count = 0
    for match in WORD.finditer(text):
        word = match[0]
        for number, term in enumerate(terms):
            if is_match(word, term, language):
                yield Mark(match.start(), match.end(), number)
                count += 1
                break
        if count >= MOST_MARKS:
            return


def is_match(word: str, term: Term, language: str) -> bool:
    folded = fold(word)
    if folded == term.word or folded in term.stems or (term.begins and folded.startswith(term.word)):
        return True
    # Stems keep the beginning of a word: only those that begin alike are worth stemming.
    return folded[:2] == term.word[:2] and not {term.word, *term.stems}.isdisjoint(stems(word, language))


def _with_marks(text: str, start: int, end: int, marks: Sequence[Mark]) -> Markup:
    pieces, at = [], start
    for mark in marks:
        pieces += [escape(text[at : mark.start]), Markup("<mark>{}</mark>").format(text[mark.start : mark.end])]
        at = mark.end
    return Markup("").join([*pieces, escape(text[at:end])])
