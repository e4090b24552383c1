"""What may be found: the newest postings of the words of a question, added up by document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain, starmap

from commonplace.internalizing.search.asking import Plan, Sought
from commonplace.internalizing.search.engines import engine, rows

MOST_THREADS, OF_EACH_THREAD = 120, 3


@dataclass(slots=True)
class Candidate:
    """A document: `worth` of it for each slot of the question; what it is, once its row is read."""

    number: int
    thread: int
    worth: list[float]
    rarity: float = 0.0
    weight: int = 0
    kind: str = ""
    subject: str = ""
    community: str = ""
    shown: str = ""
    words: str = ""

    @property
    def promise(self) -> float:
        """Roughly: what its words are worth, times how much of the question they are."""
        return sum(self.worth) * self.rarity


class Gathering:
    """The candidates of one question. `more`: there are more threads than are looked at."""

    def __init__(self, terms: Sequence[Sought], plan: Plan, with_words: bool) -> None:
        self.slots = [slot for one in terms for slot in one.slots]
        self.plan, self.reads = plan, "words" if with_words else "''"
        self.more = False
        self.factors: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for number, slot in enumerate(self.slots):
            for name, gain in slot.gains.items():
                self.factors[name].append((number, gain * slot.rarity))

    def gathered(self) -> list[Candidate]:
        """The best of the most promising threads, with what their rows say; those that are gone are left out."""
        best = nlargest(MOST_THREADS * 5, self._posted(), key=lambda one: one.promise)
        by_thread: dict[int, list[Candidate]] = defaultdict(list)
        for one in best:
            if len(by_thread[one.thread]) < OF_EACH_THREAD:
                by_thread[one.thread].append(one)
        self.more = len(by_thread) > MOST_THREADS
        return self._known([one for thread in list(by_thread.values())[:MOST_THREADS] for one in thread])

    def _posted(self) -> Iterable[Candidate]:
        by_number: dict[int, Candidate] = {}
        statements = engine().newest(sorted(self.plan.most.items()))
        for name, document, thread, impact in chain.from_iterable(starmap(rows, statements)):
            one = by_number.get(document)
            if one is None:
                one = by_number[document] = Candidate(document, thread, [0.0] * len(self.slots))
            self._add(one, name, impact)
        return by_number.values()

    def _add(self, one: Candidate, name: int, impact: int) -> None:
        for slot, factor in self.factors[name]:
            worth = factor * impact
            if worth > one.worth[slot]:
                if not one.worth[slot]:
                    one.rarity += self.slots[slot].rarity
                one.worth[slot] = worth

    def _known(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """With what their rows say, and whether they have the frequent words of which not all postings were read."""
        if not candidates:
            return []
        by_number = {one.number: one for one in candidates}
        for number, *row in rows(*engine().read([*by_number], self.reads)):
            one = by_number[number]
            one.weight, one.kind, one.community, one.subject, one.shown, one.words = row
        there = [one for one in candidates if one.shown]
        if pairs := self._may_have(there):
            for name, document, impact in rows(*engine().have(pairs)):
                self._add(by_number[document], name, impact)
        return there

    def _may_have(self, candidates: Sequence[Candidate]) -> list[tuple[int, int]]:
        """A document has names of its own community and kind alone."""
        by_place: dict[tuple[str, str], list[int]] = defaultdict(list)
        for name in self.plan.cut.values():
            by_place[name.community, name.kind].append(name.id)
        return [(name, one.number) for one in candidates for name in by_place[one.community, one.kind]]
