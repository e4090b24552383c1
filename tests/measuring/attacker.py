"""A sponsor with the list of members and every edition, who solves what these say for one person.

What each number counts is known here, which is more than any attacker has. Written apart from disclosure control.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

Case = tuple[str, str]
"""A case, and the person whose part it is."""
Try = tuple[Sequence["Number"], Sequence[int]]


@dataclass(frozen=True)
class Number:
    """A number that is published, and what it counts."""

    name: str
    kind: str
    counted: frozenset[Case]


def people_in(attempt: Try) -> Counter[str]:
    """Whom a combination of numbers is about, each with how many cases: those that it does not cancel."""
    weights: Counter[Case] = Counter()
    for number, factor in zip(*attempt, strict=True):
        for case in number.counted:
            weights[case] += factor
    return Counter(person for (_case, person), weight in weights.items() if weight)


def telling(attempts: Iterable[Try], k: int) -> list[str]:
    """Those that are about fewer than k people: one of k who knows their own acts has k - 1 others before them."""
    return [_named(attempt) for attempt in attempts if 0 < len(people_in(attempt)) < k]


def lopsided(attempts: Iterable[Try]) -> list[str]:
    """Those that are mostly about one person."""
    people = ((attempt, people_in(attempt)) for attempt in attempts)
    return [_named(attempt) for attempt, theirs in people if theirs and max(theirs.values()) * 2 > theirs.total()]


def at_random(numbers: Sequence[Number], chance: random.Random, times: int) -> Iterator[Try]:
    for _ in range(times if numbers else 0):
        those = chance.sample(numbers, min(len(numbers), chance.randint(2, 6)))
        yield those, [chance.choice((-2, -1, -1, 1, 1, 2)) for _ in those]


def best(numbers: Sequence[Number], times: int) -> list[Try]:
    """Where one would begin: each alone, and the differences of those that have most in common."""
    pairs = sorted(combinations(numbers, 2), key=lambda pair: len(pair[0].counted ^ pair[1].counted))
    alone: list[Try] = [([one], [1]) for one in numbers]
    return [*alone, *(([one, other], [1, -1]) for one, other in pairs)][:times]


def in_threes(numbers: Sequence[Number], chance: random.Random, times: int) -> Iterator[Try]:
    """Windows of one kind that overlap: one, without another, with a third."""
    kinds = [[one for one in numbers if one.kind == kind] for kind in sorted({one.kind for one in numbers})]
    kinds = [kind for kind in kinds if len(kind) > 2]
    for _ in range(times if kinds else 0):
        yield chance.sample(chance.choice(kinds), 3), (1, -1, 1)


def solvable(numbers: Sequence[Number], people: Iterable[str]) -> bool:
    """Is there any combination at all that is about the cases of these people alone? All others' cases are cancelled
    by it just when leaving them out lowers the rank."""
    if not numbers:
        return False
    those = set(people)
    kinds: dict[tuple[bool, ...], bool] = {}
    for case in set().union(*(number.counted for number in numbers)):
        kind = tuple(case in number.counted for number in numbers)
        kinds[kind] = kinds.get(kind, True) and case[1] in those
    columns = np.array(list(kinds), dtype=float).T
    others = columns[:, [not theirs for theirs in kinds.values()]]
    return bool(np.linalg.matrix_rank(columns) > (np.linalg.matrix_rank(others) if others.size else 0))


def _named(attempt: Try) -> str:
    terms = (f"{factor:+d} {number.name}" for number, factor in zip(*attempt, strict=True))
    return f"{' '.join(terms)}: {dict(people_in(attempt))}"
