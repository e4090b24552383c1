"""Which names of the vocabulary a question means, among those of communities that the reader may read."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from commonplace.internalizing.search.engines import Row, Statement, engine, rows
from commonplace.internalizing.search.entry import EVERY
from commonplace.internalizing.search.slips import can_be_mistyped, is_slip, one_less
from commonplace.internalizing.search.typed import Question, Term
from commonplace.internalizing.words import is_mark

MOST_MISTYPED = 4
FURTHER = 12
MOST_BEGUN, OF_EACH_PLACE = 4_000, 20
LAST_LETTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Places:
    """Where is searched: communities with their languages, and kinds of what can be found."""

    languages: Mapping[str, str]
    kinds: Sequence[str]

    def named(self, words: Collection[str], written: bool = False) -> Statement:
        return engine().named(words, (self.languages, self.kinds), written)

    def begun(self, beginning: str) -> Statement:
        """Some names of each community and kind: what is written elsewhere takes nothing from them."""
        most = max(MOST_BEGUN // (len(self.languages) * len(self.kinds) or 1), OF_EACH_PLACE)
        return engine().begun((self.languages, self.kinds), beginning, beginning + LAST_LETTER, most)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in one place: in how many documents it stands there, as last counted."""

    id: int
    word: str
    community: str
    kind: str
    documents: int


@dataclass(frozen=True, slots=True)
class Correction:
    """The better word, and its names here."""

    typed: str
    better: str
    names: list[Name]


class Vocabulary:
    """The names that there are in these places, of what a question may mean."""

    def __init__(self, asked: Question, places: Places) -> None:
        self.places = places
        self.names: list[Name] = []
        self.often: Counter[str] = Counter()
        self.learn(_known(asked, places))

    def learn(self, names: Iterable[Name]) -> None:
        for name in names:
            self.names.append(name)
            self.often[name.word] += name.documents

    @property
    def documents(self) -> int:
        return self.often[EVERY]

    def called(self, words: Collection[str]) -> list[Name]:
        return [name for name in self.names if name.word in words]

    def stemmed(self, term: Term) -> list[Name]:
        """Each stem in communities of its language alone."""
        languages, none = self.places.languages, frozenset[str]()
        return [name for name in self.names if name.word in term.stems.get(languages[name.community], none)]

    def begun(self, term: Term) -> list[Name]:
        """The most frequent words that go on where the term ends; a mark would make it another letter."""
        if not term.begins:
            return []
        beginning = term.names[0]
        further = {word for word in self.often if word.startswith(beginning) and word != beginning}
        further = {word for word in further if not is_mark(word[len(beginning)])}
        return self.called(set(sorted(further, key=lambda word: (-self.often[word], word))[:FURTHER]))


def _known(asked: Question, places: Places) -> list[Name]:
    words = sorted({EVERY, *chain.from_iterable(map(_may_mean, asked.terms))})
    begun = [places.begun(term.names[0]) for term in asked.terms if term.begins]
    statements, parameters = zip(places.named(words), *begun, strict=True)
    known = rows(" UNION ALL ".join(statements), list(chain.from_iterable(parameters)))
    return list({row[0]: Name(*row) for row in known}.values())


def _may_mean(term: Term) -> Iterable[str]:
    return (*term.names, *chain.from_iterable(term.stems.values()), *term.parts)


def corrections(unknown: Sequence[Term], places: Places) -> list[Correction]:
    """For what was typed the most frequent word that differs in one letter: here, not where the reader may not look."""
    typed = [term.names[0] for term in unknown if term.names and can_be_mistyped(term.names[0])][:MOST_MISTYPED]
    near = [Name(*row) for row in _mistyped(typed, places)] if typed else []
    often: Counter[str] = Counter()
    for name in near:
        often[name.word] += name.documents
    better = {word: [other for other in often if is_slip(word, other)] for word in typed}
    best = {word: min(others, key=lambda o: (-often[o], o)) for word, others in better.items() if others}
    return [Correction(word, other, [name for name in near if name.word == other]) for word, other in best.items()]


def _mistyped(typed: Sequence[str], places: Places) -> list[Row]:
    slips = {part for word in typed for part in (word, *one_less(word))}
    others = {word for (word,) in rows(*engine().slipped(sorted(slips), places.languages))}
    near = sorted(other for other in slips | others if any(is_slip(word, other) for word in typed))
    return rows(*places.named(near, written=True)) if near else []
