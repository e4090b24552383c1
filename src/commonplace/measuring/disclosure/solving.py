"""What a reader reaches who adds and subtracts all counts that are told: does any combination tell of a few people?

Counts are rows over the groups of cases that they do not tell apart. Some combination of rows is about nothing but
certain groups just when leaving their columns out lowers the rank.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np

from commonplace.measuring.disclosure.balance import is_lopsided, is_one_sided
from commonplace.measuring.disclosure.elimination import Matrix, beyond, reduced
from commonplace.measuring.disclosure.groups import Count, Group, merged
from commonplace.measuring.rules import Rules

MOST_TRIED = 5_000


def tells_of_few(groups: Iterable[Group], released: Collection[Count], new: Collection[Count], rules: Rules) -> bool:
    """Could the counts `new`, told beside `released`, be solved for cases of fewer than k people, or mostly of one, or
    for cases that all came to the same end? What can be solved without them is not held against them."""
    before = list(dict.fromkeys(released))
    fresh = [one for one in dict.fromkeys(new) if one not in set(before)]
    counts = [*before, *fresh]
    seen = merged(groups, counts)
    matrix = np.array([[count in group.counts for group in seen] for count in counts], dtype=np.int64)
    return bool(fresh) and (
        is_one_sided(matrix, counts, fresh)
        or is_lopsided(_combinations(matrix, counts, fresh), seen)
        or _solved(matrix[: len(before)], matrix[len(before) :], seen, rules)
    )


def _solved(before: Matrix, fresh: Matrix, groups: Sequence[Group], rules: Rules) -> bool:
    """Is more of what is about few people solved with the fresh rows than without them?"""
    small = [column for column, group in enumerate(groups) if not group.is_one(rules)]
    large = [column for column, group in enumerate(groups) if group.is_one(rules)]
    known = reduced(before[:, [*large, *small]])
    gained = beyond(known, fresh[:, [*large, *small]])
    old, new = (rows[~rows[:, : len(large)].any(axis=1), len(large) :] for rows in (known, gained))
    if not len(new):
        return False
    there = np.flatnonzero(np.vstack([old, new]).any(axis=0))
    those = [groups[small[column]] for column in there]
    old, new = old[:, there], reduced(np.vstack([old, new]))[:, there]
    reach = {*_of_few(those, rules), *_of_one(those)}
    return len(reach) > MOST_TRIED or any(
        _about(new, columns) > _about(old, columns) for columns in map(sorted, _widest(reach))
    )


def _about(rows: Matrix, columns: Sequence[int]) -> int:
    """How much the rows tell of these columns and no others."""
    return len(rows) - len(reduced(np.delete(rows, columns, axis=1)))


def _widest(sets: Iterable[frozenset[int]]) -> list[frozenset[int]]:
    """Those that are in no other: what is about fewer groups is about these, too."""
    kept: list[frozenset[int]] = []
    for one in sorted(sets, key=len, reverse=True):
        if not any(one <= wider for wider in kept):
            kept.append(one)
    return kept


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


def _combinations(matrix: Matrix, counts: Sequence[Count], fresh: Sequence[Count]) -> Matrix:
    """Those that one would try: each fresh count without another, and without one but with a third of the same kind, as
    windows that overlap invite; and what elimination leaves of all, and does not without the fresh."""
    left = {row.tobytes(): row for row in reduced(matrix)}
    for row in reduced(matrix[: len(counts) - len(fresh)]):
        left.pop(row.tobytes(), None)
    tried = [np.array(list(left.values()), dtype=np.int64).reshape(len(left), matrix.shape[1])]
    for one in fresh:
        row, same = matrix[counts.index(one)], [place for place, other in enumerate(counts) if _alike(one, other)]
        tried.append(row - matrix)
        tried += [row - matrix[place] + matrix[same] for place in same]
    every = np.concatenate(tried) != 0
    return np.unique(every[every.any(axis=1)], axis=0).astype(np.int64)


def _alike(one: Count, other: Count) -> bool:
    return (one.metric, one.reached) == (other.metric, other.reached)
