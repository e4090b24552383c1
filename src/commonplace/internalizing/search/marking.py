"""Where in a text the words of a question stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from commonplace.internalizing.search.typed import Term
from commonplace.internalizing.words import Place, fold, is_mark, places, seen, stems, word

MOST_MARKS = 200


@dataclass(frozen=True, slots=True)
class Mark:
    start: int
    end: int
    term: int


class Marker:
    """For all texts of a page in one language: a word that was looked at once is known."""

    def __init__(self, terms: Sequence[Term], language: str) -> None:
        self.sought = [_Sought(term, language) for term in terms]
        self.known: dict[str, int | None] = {}

    def marks(self, text: str) -> Iterator[Mark]:
        """From left to right, none over another."""
        count = end = 0
        for choices in places(text):
            for start, stop, number in self._meant(text, choices):
                if stop > end:
                    yield Mark(max(start, end), stop, number)
                    count, end = count + 1, stop
            if count >= MOST_MARKS:
                return

    def _meant(self, text: str, choices: Sequence[Place]) -> Iterator[tuple[int, int, int]]:
        """All of a word, or else the parts of it that are meant."""
        for at, (start, stop) in enumerate(choices):
            number = self._term(text[start:stop])
            if number is not None:
                yield start, stop, number
                if at == 0:
                    return

    def _term(self, piece: str) -> int | None:
        if piece not in self.known:
            self.known[piece] = next((n for n, one in enumerate(self.sought) if one.is_in(piece)), None)
        return self.known[piece]


class _Sought:
    """What of a text is one term."""

    def __init__(self, term: Term, language: str) -> None:
        self.names = {*term.names, *term.parts, *term.units}
        self.stems = term.stems.get(language, frozenset())
        self.begins = term.names[0] if term.begins else ""
        self.language = language
        self.beginnings = {name[:2] for name in (*self.names, *self.stems)}

    def is_in(self, piece: str) -> bool:
        folded = fold(piece)
        if folded in self.names or folded in self.stems or self._goes_on(folded):
            return True
        if folded[:2] not in self.beginnings:  # Other names of a word, and its stems, begin as it does.
            return False
        one = word(seen(piece))
        return not self.names.isdisjoint(one.whole) or not self.stems.isdisjoint(stems(seen(piece), self.language))

    def _goes_on(self, folded: str) -> bool:
        after = len(self.begins)
        return bool(after) and folded.startswith(self.begins) and not any(map(is_mark, folded[after : after + 1]))
