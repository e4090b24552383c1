"""From a question and a vocabulary to what is asked of the index: rarest first, at most the newest of each."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from commonplace.internalizing.search.typed import Question, Term
from commonplace.internalizing.search.vocabulary import Name, Vocabulary

NEWEST = 1_000
OF_EACH_OTHER = 300
FEWEST = 20
MOST_ROWS = 5_000
MOST_ASKED = 16
STEMMED, BEGUN, BEGUN_COUNTS = 0.9, 0.6, 3


@dataclass(slots=True)
class Slot:
    """A word that is looked for: all of a term, or a part of it. `gains`: what each of its names counts for it."""

    gains: dict[int, float] = field(default_factory=dict)
    names: dict[int, Name] = field(default_factory=dict)
    often: int = 0
    rarity: float = 0.0

    def add(self, names: Iterable[Name], gain: float) -> Counter[str]:
        count: Counter[str] = Counter()
        for name in names:
            count[name.word] += name.documents
            if self.gains.get(name.id, 0.0) < gain:
                self.gains[name.id], self.names[name.id] = gain, name
        return count

    def weigh(self, counts: Iterable[Counter[str]], documents: int) -> None:
        """As rare as its most frequent name."""
        self.often = max((n for count in counts for n in count.values()), default=0)
        self.rarity = log(1 + (max(documents, self.often) - self.often + 0.5) / (self.often + 0.5))


@dataclass(frozen=True, slots=True)
class Sought:
    """A term and where it is looked for."""

    term: Term
    whole: Slot
    parts: tuple[Slot, ...] = ()

    @property
    def is_known(self) -> bool:
        """Somebody wrote it, as a whole or in enough of its parts."""
        return bool(self.whole.often) or self.is_enough(sum(1 for part in self.parts if part.often))

    def is_enough(self, parts: int) -> bool:
        """A phrase and a number have all their parts; a part number may be cut elsewhere."""
        strict = self.term.is_phrase or self.term.is_digits
        return bool(self.parts) and parts >= (len(self.parts) if strict else (len(self.parts) + 1) // 2)

    @property
    def rarity(self) -> float:
        return max((slot.rarity for slot in self.slots), default=0.0)

    @property
    def slots(self) -> tuple[Slot, ...]:
        return (self.whole, *self.parts)


def sought(asked: Question, vocabulary: Vocabulary) -> list[Sought]:
    return [sought_one(term, vocabulary) for term in asked.terms]


def sought_one(term: Term, vocabulary: Vocabulary) -> Sought:
    whole, begun = Slot(), vocabulary.begun(term)
    counts = [whole.add(vocabulary.called(term.names), 1.0), whole.add(vocabulary.stemmed(term), STEMMED)]
    further = whole.add(begun, BEGUN)
    whole.weigh(counts if any(counts) else [further], vocabulary.documents)
    return Sought(term, whole, tuple(_part(name, vocabulary) for name in term.parts))


def _part(name: str, vocabulary: Vocabulary) -> Slot:
    part = Slot()
    part.weigh([part.add(vocabulary.called([name]), 1.0)], vocabulary.documents)
    return part


@dataclass(frozen=True, slots=True)
class Plan:
    """`most`: how many of the newest postings of each name are read; of names in `cut` there are, or may be, more."""

    most: Mapping[int, int]
    cut: Mapping[int, Name]


def plan(terms: Sequence[Sought], newest: int, most_rows: int) -> Plan:
    """The rarest words first, until there are enough; of the others is only asked whether candidates have them."""
    most: dict[int, int] = {}
    names: dict[int, Name] = {}
    planned = 0
    for slot in sorted((slot for one in terms for slot in one.slots if slot.often), key=lambda slot: slot.often):
        names |= slot.names
        wanted = {pk: n for pk, n in _wanted(slot, newest) if n > most.get(pk, 0)}
        reads = sum(min(n, names[pk].documents) for pk, n in wanted.items())
        if not planned or planned + reads <= most_rows:
            most |= wanted
            planned += reads
    return Plan(most, {pk: name for pk, name in names.items() if most.get(pk, 0) < name.documents})


def _wanted(slot: Slot, newest: int) -> Iterator[tuple[int, int]]:
    """Of each kind the newest of its most frequent name, some of the others; many communities share in them."""
    by_name: dict[tuple[str, str], list[Name]] = defaultdict(list)
    for name in slot.names.values():
        by_name[name.kind, name.word].append(name)
    often = {key: sum(name.documents for name in names) for key, names in by_name.items()}
    for (kind, _), names in by_name.items():
        total = often[kind, names[0].word]
        first = total == max(n for (other, _), n in often.items() if other == kind)
        limit = newest if first else min(newest, OF_EACH_OTHER)
        fewest = max(1, min(FEWEST, limit // len(names)))
        for name in names:
            yield name.id, limit if total <= limit else max(limit * name.documents // total, fewest)
