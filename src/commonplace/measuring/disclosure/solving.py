"""What a reader reaches who adds and subtracts all counts that are told: does any combination tell of a few people?

Counts are rows over the groups of cases that they do not tell apart. Some combination of rows is about nothing but
certain groups just when leaving their columns out lowers the rank.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from commonplace.measuring.disclosure.balance import is_lopsided, is_one_sided
from commonplace.measuring.disclosure.elimination import Matrix, beyond, reduced
from commonplace.measuring.disclosure.groups import BEGAN, Count, Group, merged
from commonplace.measuring.rules import Rules

MOST_TRIED = 5_000
Columns = tuple[frozenset[int], frozenset[int]]
"""Those that are about few people as they are shown with what is told now; and of these, those that were before."""


def tells_of_few(groups: Iterable[Group], released: Collection[Count], new: Collection[Count], rules: Rules) -> bool:
    """Could the counts `new`, told beside `released`, be solved for cases of fewer than k people, or mostly of one, or
    for cases that all came to the same end? What can be solved without them is not held against them."""
    before = list(dict.fromkeys(released))
    fresh = [one for one in dict.fromkeys(new) if one not in set(before)]
    counts = [*before, *fresh]
    seen = merged(groups, counts)
    shown = [group.shown_by(before) for group in seen]
    matrix = np.array([[count in group.counts for group in seen] for count in counts], dtype=np.int64)
    return bool(fresh) and (
        is_one_sided(matrix, counts, fresh)
        or is_lopsided(_combinations(matrix, counts, fresh, _changed(seen, shown)), seen)
        or _solved(matrix[: len(before)], matrix[len(before) :], seen, shown, rules)
    )


def _solved(before: Matrix, fresh: Matrix, groups: Sequence[Group], shown: Sequence[Group], rules: Rules) -> bool:
    """Is more of what is about few people solved with the fresh rows than without them? `shown`: the groups as the rows
    before show them; who is few in another role could not be told of by these."""
    small = [column for column, group in enumerate(groups) if not group.is_one(rules)]
    large = [column for column, group in enumerate(groups) if group.is_one(rules)]
    known = reduced(before[:, [*large, *small]])
    gained = beyond(known, fresh[:, [*large, *small]])
    old, more = (rows[~rows[:, : len(large)].any(axis=1), len(large) :] for rows in (known, gained))
    there = _connected(more.any(axis=0) | _changed(groups, shown)[small], old)
    new, old = reduced(np.vstack([old, more])[:, there]), reduced(old[:, there])
    now, then = ([each[small[column]] for column in there] for each in (groups, shown))
    reach = {*_of_few(now, then, rules), *_of_one(now, then)}
    return len(reach) > MOST_TRIED or any(_about(new, few) > _about(old, once) for few, once in _widest(reach))


def _changed(groups: Sequence[Group], shown: Sequence[Group]) -> NDArray[np.bool_]:
    """Which of them show people in another role than before."""
    return np.array([one.roles != other.roles for one, other in zip(groups, shown, strict=True)], dtype=bool)


def _connected(there: NDArray[np.bool_], rows: Matrix) -> NDArray[np.int64]:
    """These columns, and those that rows tell of together with them."""
    while (more := there | rows[rows[:, there].any(axis=1)].any(axis=0)).sum() > there.sum():
        there = more
    return np.flatnonzero(there)


def _widest(reach: Iterable[Columns]) -> list[Columns]:
    """Those that are in no other: what is about fewer groups is about these, too. Where something else was shown
    before, all."""
    kept: list[Columns] = []
    for now, then in sorted(reach, key=lambda one: len(one[0]), reverse=True):
        if now != then or not any(now <= wider and wider == before for wider, before in kept):
            kept.append((now, then))
    return kept


def _about(rows: Matrix, columns: Collection[int]) -> int:
    """How much the rows tell of these columns and no others."""
    return len(rows) - len(reduced(np.delete(rows, sorted(columns), axis=1)))


def _of_few(groups: Sequence[Group], before: Sequence[Group], rules: Rules) -> Iterator[Columns]:
    """Every set of fewer than k people who began or did something, with all groups that have no others; and those that
    had no others as they were shown before."""
    then = dict(_by_role(before))
    for role, each in _by_role(groups):
        few = {people for sets in each.values() for people in sets if 0 < len(people) < rules.people}
        for people in _unions(few, rules.people - 1):
            yield _within(people, each), _within(people, then.get(role, {}))


def _within(people: frozenset[str], each: Mapping[int, list[frozenset[str]]]) -> frozenset[int]:
    return frozenset(column for column, sets in each.items() if any(theirs <= people for theirs in sets))


def _by_role(groups: Sequence[Group]) -> Iterator[tuple[str, dict[int, list[frozenset[str]]]]]:
    """Of each column its people: who began, in any of the ways in which this is counted; and, of each outcome, who made
    it, which may be nobody that is known."""
    yield BEGAN, {column: [frozenset(people) for people in group.begun] for column, group in enumerate(groups)}
    for outcome in {count.role for group in groups for count in group.counts if count.reached}:
        yield (
            outcome,
            {
                column: [frozenset(group.roles.get(outcome, ()))]
                for column, group in enumerate(groups)
                if any(count.role == outcome for count in group.counts)
            },
        )


def _unions(sets: Collection[frozenset[str]], most: int) -> set[frozenset[str]]:
    unions, fresh = set(sets), set(sets)
    while fresh and len(unions) <= MOST_TRIED:
        wider = {one | other for one in fresh for other in sets if len(one | other) <= most}
        fresh = wider - unions
        unions |= fresh
    return unions


def _of_one(groups: Sequence[Group], before: Sequence[Group]) -> Iterator[Columns]:
    """Groups of which one person, in some role, carries more than half; and those that were as shown before."""
    now, then = _carried(groups), _carried(before)
    return ((columns, then.get(carrier, frozenset())) for carrier, columns in now.items())


def _carried(groups: Sequence[Group]) -> dict[tuple[str, str], frozenset[int]]:
    carried: dict[tuple[str, str], set[int]] = {}
    for column, group in enumerate(groups):
        for role, people in group.roles.items():
            person, times = people.most_common(1)[0]
            if times * 2 > people.total():
                carried.setdefault((role.partition(" ")[0], person), set()).add(column)
    return {carrier: frozenset(columns) for carrier, columns in carried.items()}


def _combinations(
    matrix: Matrix, counts: Sequence[Count], fresh: Sequence[Count], changed: NDArray[np.bool_]
) -> Matrix:
    """Those that one would try: each fresh count without another, and without one but with a third of the same kind, as
    windows that overlap invite; and what elimination leaves of all, and did not without the fresh, or of other people.
    """
    left = {row.tobytes(): row for row in reduced(matrix)}
    for row in reduced(matrix[: len(counts) - len(fresh)]):
        if not row[changed].any():
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
