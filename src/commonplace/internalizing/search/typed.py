"""What a person typed, as terms. There is no syntax: any text is a valid question."""

from collections.abc import Iterable
from dataclasses import dataclass

from commonplace.internalizing.search.words import fold, spelled, stems

MOST_TERMS = 16
MOST_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class Term:
    """One typed word: itself, and stems under which it may be found. The last one may be the beginning of a word."""

    word: str
    stems: frozenset[str]
    begins: bool = False

    @property
    def others(self) -> list[str]:
        return sorted(self.stems - {self.word})


def terms(text: str, languages: Iterable[str]) -> list[Term]:
    """Each word once, in the order of typing, at most MOST_TERMS; `languages` are those of the communities searched."""
    typed, languages = spelled(text[:MOST_CHARACTERS]), list(languages)
    once = {fold(word): word for word in typed if fold(word)}
    asked = [Term(word, _stems(written, languages), _begins(word, typed)) for word, written in once.items()]
    return asked[:MOST_TERMS]


def _stems(word: str, languages: list[str]) -> frozenset[str]:
    return frozenset(stem for language in languages for stem in stems(word, language))


def _begins(word: str, typed: list[str]) -> bool:
    """A single letter is a word (C, R, pH's h); from two on, the last one may go on."""
    return len(word) > 1 and word == fold(typed[-1])
