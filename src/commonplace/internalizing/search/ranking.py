"""Candidates, best first: how many of the words, how rare, in the title, in their order; status and confirmation."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from commonplace.internalizing.search.asking import Sought
from commonplace.internalizing.search.candidates import Candidate
from commonplace.internalizing.search.typed import Term

APART = 0.6  # Written apart, of what it counts as one.
ALL_WORDS = 0.5  # The power of the share of the words that are there.
ELSEWHERE = 0.25  # What its other answers add to an exchange, of what one document would have.
WEIGHT, ORDER = 0.15, 0.3
FLOOR = 0.03  # Of the best: what is below has nothing to do with it.


@dataclass(slots=True)
class Judged:
    """A candidate, and what it is worth for each term; `sum` of that, `own` with its status."""

    candidate: Candidate
    worth: list[float]
    sum: float = 0.0
    own: float = 0.0

    def __post_init__(self) -> None:
        self.sum = sum(self.worth)
        self.own = self.sum * (1 + WEIGHT * self.candidate.weight)


@dataclass(frozen=True, slots=True)
class Ranked:
    """One thread: its best document, and whether it has all of the words."""

    score: float
    best: Candidate
    has_all: bool


def ranked(terms: Sequence[Sought], without: Sequence[Term], candidates: Iterable[Candidate]) -> list[Ranked]:
    """Each thread once."""
    by_thread: dict[str, list[Judged]] = defaultdict(list)
    for one in _fitting(terms, without, candidates):
        by_thread[one.candidate.shown].append(one)
    every = [_ranked(terms, thread) for thread in by_thread.values()]
    every.sort(key=lambda one: (-one.score, -one.best.number))
    return [one for one in every if one.score >= FLOOR * every[0].score]


def raised(threads: Sequence[Ranked], made_of: Mapping[str, Sequence[str]]) -> list[Ranked]:
    """What was made of a thread and agreed on stands right before it, if it came after; by the ids of threads."""
    places = {one.best.shown: float(place) for place, one in enumerate(threads)}
    for thread, made in made_of.items():
        places[thread] = min([places[thread], *(places[one] - 0.5 for one in made if one in places)])
    return sorted(threads, key=lambda one: places[one.best.shown])


def _fitting(terms: Sequence[Sought], without: Sequence[Term], candidates: Iterable[Candidate]) -> Iterator[Judged]:
    wanted = [number for number, one in enumerate(terms) if one.term.wanted]
    for candidate in candidates:
        worth = _worth(terms, candidate)
        if not any(worth) or not all(worth[number] for number in wanted):
            continue
        if not any(_has(term, candidate) for term in without):
            yield Judged(candidate, worth)


def _worth(terms: Sequence[Sought], candidate: Candidate) -> list[float]:
    """Of each term. Parts count only where they stand beside each other."""
    if len(candidate.worth) == len(terms):
        return candidate.worth
    worth, at = [], 0
    for one in terms:
        whole, *parts = candidate.worth[at : at + len(one.slots)]
        at += len(one.slots)
        there = [part for part in parts if part]
        beside = one.is_enough(len(there)) and APART * sum(there) > whole and one.term.stands_in(candidate.words)
        worth.append(APART * sum(there) if beside else whole)
    return worth


def _ranked(terms: Sequence[Sought], thread: Sequence[Judged]) -> Ranked:
    best = max(thread, key=lambda one: (one.own, one.candidate.weight, one.candidate.number))
    every = [max(worths) for worths in zip(*(one.worth for one in thread), strict=True)]
    rarities = [one.rarity for one in terms]
    share = sum(rarity for rarity, worth in zip(rarities, every, strict=True) if worth) / (sum(rarities) or 1)
    beside = sum(every) - max(one.sum for one in thread)
    order = 1 + ORDER * _in_order(terms, best.candidate)
    score = (best.own + ELSEWHERE * beside) * share**ALL_WORDS * order
    return Ranked(score, best.candidate, all(every))


def _in_order(terms: Sequence[Sought], candidate: Candidate) -> float:
    """The share of neighbours in the question that are neighbours there."""
    names = [one.term.names[0] for one in terms if one.term.names]
    pairs = [f" {one} {other} " for one, other in pairwise(names)]
    reads = f" {candidate.words} "
    return sum(pair in reads for pair in pairs) / len(pairs) if pairs else 0.0


def _has(term: Term, candidate: Candidate) -> bool:
    reads = f" {candidate.words} "
    units = [term.units] if term.units else [(name,) for name in term.names]
    return any(f" {' '.join(each)} " in reads for each in units)
