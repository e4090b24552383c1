"""What an engine is given of a document: its words, in columns that weigh differently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate, takewhile

from commonplace.internalizing.models import Document
from commonplace.internalizing.search.words import LONGEST_WORD, fold, spelled, stems

# PostgreSQL holds at most 1 MB of words for a row: text and stems stay below that together.
MOST_BYTES = 250_000


@dataclass(frozen=True, slots=True)
class Entry:
    """Folded words in their order; `stems` are those that are not words of the document themselves."""

    id: int
    title: list[str]
    text: list[str]
    stems: list[str]

    @classmethod
    def of(cls, document: Document) -> Entry:
        title, text, language = spelled(document.title), spelled(document.text), document.community.language
        folds = {word: fold(word) for word in {*title, *text}}
        beside = {stem for word in folds for stem in stems(word, language)} - set(folds.values())
        return cls(document.pk, _folded(title, folds), _cut(_folded(text, folds)), _cut(sorted(beside)))


def _folded(words: Iterable[str], folds: Mapping[str, str]) -> list[str]:
    return [folded for word in words if (folded := folds[word])]


def _cut(words: list[str]) -> list[str]:
    if len(words) * 4 * LONGEST_WORD < MOST_BYTES:
        return words
    sizes = accumulate(len(word.encode()) for word in words)
    return words[: sum(1 for _ in takewhile(lambda size: size < MOST_BYTES, sizes))]
