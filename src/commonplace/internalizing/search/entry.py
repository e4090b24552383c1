"""What the index keeps of a document: under which names it is found, how much by each, and how it reads."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from commonplace.internalizing.words import PART, Word, spelled, stems, word

# As BM25 has it: a word said twice counts less than double, and in a long text less than in a short one.
SATURATION, FOR_LENGTH = 1.2, 0.5
USUAL_TITLE, USUAL_TEXT = 8, 120
TITLE = 2.0
SCALE, MOST = 100, 32_000
EVERY = ""  # The name that every document has: the community as a word.
APART = "|"
MADE_SO = 1  # Another number when the same text is found under other names.


@dataclass(frozen=True, slots=True)
class Entry:
    """`impact`: what each name adds to a document that has it; `written`: names that somebody wrote, not mere stems."""

    impact: dict[str, int]
    written: frozenset[str]
    words: str

    @classmethod
    def of(cls, title: str, text: str, language: str) -> Entry:
        titled, texted = Counter(spelled(title)), Counter(spelled(text))
        words = {token: word(token) for token in {*titled, APART, *texted}}
        names = {token: _names(one, language) for token, one in words.items()}
        adds: defaultdict[str, float] = defaultdict(float, {EVERY: 0.0})
        for tokens, usual, weight in ((titled, USUAL_TITLE, TITLE), (texted, USUAL_TEXT, 1.0)):
            for name, value in _impacts(tokens, names, usual).items():
                adds[name] += weight * value
        impact = {name: min(MOST, max(1, round(SCALE * value))) for name, value in adds.items()}
        written = {name for one in words.values() for name in _written(one)}
        reads = " ".join(unit for token in (*spelled(title), APART, *spelled(text)) for unit in words[token].units)
        return cls(impact, frozenset(written), reads)

    def digest(self, *place: str) -> str:
        """The same as long as nothing would be found otherwise."""
        read = "\0".join([str(MADE_SO), *place, self.words, str(sorted(self.impact.items()))])
        return hashlib.sha256(read.encode()).hexdigest()[:32]


def _names(one: Word, language: str) -> dict[str, float]:
    beside = {stem: 1.0 for solid in one.solids for stem in stems(solid, language)}
    return {**beside, **one.parts, **dict.fromkeys(one.whole, 1.0)}


def _written(one: Word) -> Iterable[str]:
    return (*one.whole, *(name for name, weight in one.parts.items() if weight >= PART))


def _impacts(tokens: Counter[str], names: Mapping[str, Mapping[str, float]], usual: int) -> dict[str, float]:
    often: defaultdict[str, float] = defaultdict(float)
    for token, times in tokens.items():
        for name, weight in names[token].items():
            often[name] += times * weight
    room = SATURATION * (1 - FOR_LENGTH + FOR_LENGTH * tokens.total() / usual)
    return {name: times * (SATURATION + 1) / (times + room) for name, times in often.items()}
