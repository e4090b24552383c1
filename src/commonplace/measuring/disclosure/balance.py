"""What a combination of counts tells of many people, and still of one of them, or of each of them."""

from collections.abc import Collection, Sequence

import numpy as np

from commonplace.measuring.disclosure.elimination import Matrix, beyond, reduced
from commonplace.measuring.disclosure.groups import Count, Group


def is_lopsided(combinations: Matrix, groups: Sequence[Group]) -> bool:
    """Is any of these, given by the groups that it is about, mostly about one person in a role that all have?"""
    for role in {role for group in groups for role in group.roles}:
        has = np.array([role in group.roles for group in groups])
        about = combinations[~combinations[:, ~has].any(axis=1)][:, has]
        people = sorted({person for group in groups for person in group.roles.get(role, ())})
        those = [group.roles[role] for group in groups if role in group.roles]
        each = about @ np.array([[one[person] for person in people] for one in those], dtype=np.int64)
        if len(each) and (each.max(axis=1) * 2 > each.sum(axis=1)).any():
            return True
    return False


def is_one_sided(matrix: Matrix, counts: Sequence[Count], fresh: Collection[Count]) -> bool:
    """Can a rate of 0 or 1 be solved with the last rows, the `fresh`, that could not be solved without: of a part of
    one metric's windows, or of what reached one stage and the next?"""
    known, rates = len(counts) - len(fresh), [one for one in fresh if one.reached]
    return any(_same_cases(matrix, counts, one) for one in rates) or any(
        _of_one_side(matrix, counts, metric) - _of_one_side(matrix[:known], counts[:known], metric)
        for metric in {one.metric for one in rates}
    )


def _same_cases(matrix: Matrix, counts: Sequence[Count], one: Count) -> bool:
    row = matrix[counts.index(one)]
    others = [place for place, other in enumerate(counts) if other.reached and other.metric != one.metric]
    return any((matrix[place] == row).all() for place in others)


def _of_one_side(matrix: Matrix, counts: Sequence[Count], metric: str) -> set[bytes]:
    """Parts that can be solved and came to one end: the groups of cases that no window of this metric tells apart, and
    what one window has beyond another."""
    windows = [place for place, other in enumerate(counts) if other.metric == metric and not other.reached]
    outcomes = [place for place, other in enumerate(counts) if other.metric == metric and other.reached]
    rated = [place for place in windows if any(_same_window(counts[place], counts[other]) for other in outcomes)]
    if not rated:
        return set()
    whole, reached = matrix[rated], matrix[outcomes].sum(axis=0)
    basis = reduced(whole)
    one_sided = (part for part in _parts(whole) if len({bool(side) for side in reached[part]}) == 1)
    return {part.tobytes() for part in one_sided if not len(beyond(basis, part.astype(np.int64)[None]))}


def _parts(whole: Matrix) -> list[np.ndarray]:
    patterns = np.unique(whole[:, whole.any(axis=0)], axis=1).T
    steps = [(pattern == whole.T).all(axis=1) for pattern in patterns]
    beyond = [(one > other) for one in whole for other in whole if (one >= other).all() and (one > other).any()]
    return [*steps, *beyond]


def _same_window(one: Count, other: Count) -> bool:
    return (one.since, one.until, one.last_act) == (other.since, other.until, other.last_act)
