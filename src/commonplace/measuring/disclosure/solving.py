"""What a reader reaches who adds and subtracts all counts that are told: does any combination tell of a few people?

Counts are rows over the groups of cases that they do not tell apart. Some combination of rows is about nothing but
certain groups just when leaving their columns out lowers the rank.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np

from commonplace.measuring.disclosure.balance import is_lopsided, is_one_sided
from commonplace.measuring.disclosure.elimination import Matrix, reduced
from commonplace.measuring.disclosure.groups import Count, Group, merged
from commonplace.measuring.rules import Rules

MOST_TRIED = 5_000


def tells_of_few(groups: Iterable[Group], released: Collection[Count], new: Collection[Count], rules: Rules) -> bool:
    """Could the counts `new`, told beside `released`, be solved for cases of fewer than k people, or mostly of one, or
    for cases that all came to the same end?"""
    counts = list(dict.fromkeys([*released, *new]))
    seen = merged(groups, counts)
    matrix = np.array([[count in group.counts for group in seen] for count in counts], dtype=np.int64)
    return (
        is_one_sided(matrix, counts, new)
        or is_lopsided(_differences(matrix, counts, new), seen)
        or _solved(matrix, seen, rules)
    )


def _solved(matrix: Matrix, groups: Sequence[Group], rules: Rules) -> bool:
    rows, those = _about_small(matrix, groups, rules)
    if not len(rows):
        return False
    reach = {*_of_few(those, rules), *_of_one(those)}
    return len(reach) > MOST_TRIED or any(_reaches(rows, sorted(columns)) for columns in _widest(reach))


def _widest(sets: Iterable[frozenset[int]]) -> list[frozenset[int]]:
    """Those that are in no other: what is about fewer groups is about these, too."""
    kept: list[frozenset[int]] = []
    for one in sorted(sets, key=len, reverse=True):
        if not any(one <= wider for wider in kept):
            kept.append(one)
    return kept


def _about_small(matrix: Matrix, groups: Sequence[Group], rules: Rules) -> tuple[Matrix, list[Group]]:
    """The combinations of rows that are about small groups alone, and the small groups that any of them is about."""
    small = [column for column, group in enumerate(groups) if not group.is_one(rules)]
    large = [column for column, group in enumerate(groups) if group.is_one(rules)]
    rows = reduced(matrix[:, [*large, *small]])
    left = rows[~rows[:, : len(large)].any(axis=1), len(large) :]
    there = np.flatnonzero(left.any(axis=0))
    return left[:, there], [groups[small[column]] for column in there]


def _reaches(rows: Matrix, columns: Sequence[int]) -> bool:
    return len(reduced(np.delete(rows, columns, axis=1))) < len(rows)


def _of_few(groups: Sequence[Group], rules: Rules) -> Iterator[frozenset[int]]:
    """Every set of fewer than k people who began or did something, with all groups that have no others."""
    for each in _by_role(groups):
        few = {people for sets in each.values() for people in sets if 0 < len(people) < rules.people}
        for people in _unions(few, rules.people - 1):
            yield frozenset(column for column, sets in each.items() if any(theirs <= people for theirs in sets))


def _by_role(groups: Sequence[Group]) -> Iterator[dict[int, list[frozenset[str]]]]:
    """Of each column its people: who began, in any of the ways in which this is counted; and, of each outcome, who made
    it, which may be nobody that is known."""
    yield {column: [frozenset(people) for people in group.begun] for column, group in enumerate(groups)}
    for outcome in {count.role for group in groups for count in group.counts if count.reached}:
        yield {
            column: [frozenset(group.roles.get(outcome, ()))]
            for column, group in enumerate(groups)
            if any(count.role == outcome for count in group.counts)
        }


def _unions(sets: Collection[frozenset[str]], most: int) -> set[frozenset[str]]:
    unions, fresh = set(sets), set(sets)
    while fresh and len(unions) <= MOST_TRIED:
        wider = {one | other for one in fresh for other in sets if len(one | other) <= most}
        fresh = wider - unions
        unions |= fresh
    return unions


def _of_one(groups: Sequence[Group]) -> Iterator[frozenset[int]]:
    """Groups of which one person, in some role, carries more than half."""
    carried: dict[tuple[str, str], set[int]] = {}
    for column, group in enumerate(groups):
        for role, people in group.roles.items():
            person, times = people.most_common(1)[0]
            if times * 2 > people.total():
                carried.setdefault((role.partition(" ")[0], person), set()).add(column)
    return map(frozenset, carried.values())


def _differences(matrix: Matrix, counts: Sequence[Count], new: Collection[Count]) -> Matrix:
    """The combinations that one would try: each new count without another, and without one but with a third of the same
    kind, as windows that overlap invite; and what elimination leaves of all of them."""
    tried = [reduced(matrix)]
    for one in new:
        row, same = matrix[counts.index(one)], [place for place, other in enumerate(counts) if _alike(one, other)]
        tried.append(row - matrix)
        tried += [row - matrix[place] + matrix[same] for place in same]
    every = np.concatenate(tried) != 0
    return np.unique(every[every.any(axis=1)], axis=0).astype(np.int64)


def _alike(one: Count, other: Count) -> bool:
    return (one.metric, one.reached) == (other.metric, other.reached)
