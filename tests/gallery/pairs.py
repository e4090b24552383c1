"""Few cases of many factors in which every pair of values occurs."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

Case = dict[str, object]
Pair = tuple[tuple[str, object], tuple[str, object]]


def pairwise(factors: Mapping[str, Sequence[object]]) -> list[Case]:
    """The same cases for the same factors; the first two factors, if they are the largest, say how many."""
    missing = dict.fromkeys(_pairs(factors))
    cases: list[Case] = []
    while missing:
        case = _beginning_with(next(iter(missing)), factors, missing)
        cases.append(case)
        for pair in pairs_in(case):
            missing.pop(pair, None)
    return cases


def pairs_in(case: Case) -> Iterator[Pair]:
    return combinations(case.items(), 2)


def _pairs(factors: Mapping[str, Sequence[object]]) -> Iterator[Pair]:
    for one, other in combinations(factors, 2):
        for a, b in product(factors[one], factors[other]):
            yield (one, a), (other, b)


def _beginning_with(pair: Pair, factors: Mapping[str, Sequence[object]], missing: Mapping[Pair, None]) -> Case:
    """The pair, and of each other factor the value that meets most of what is missing yet."""
    chosen = dict(pair)
    for name in factors:
        if name not in chosen:
            chosen[name] = max(factors[name], key=lambda value: _met({**chosen, name: value}, factors, missing))
    return _in_order(chosen, factors)


def _met(chosen: Case, factors: Mapping[str, Sequence[object]], missing: Mapping[Pair, None]) -> int:
    return sum(pair in missing for pair in pairs_in(_in_order(chosen, factors)))


def _in_order(chosen: Case, factors: Mapping[str, Sequence[object]]) -> Case:
    return {name: chosen[name] for name in factors if name in chosen}
