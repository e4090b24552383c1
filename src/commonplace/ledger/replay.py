"""Fold the ledger and compare with the rows: the proof that what is shown is what happened."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from commonplace.ledger.models import Act

State = dict[str, str]


@dataclass(frozen=True, slots=True)
class Reducer:
    """`fold(state, act)` changes one derived status (id -> code); `rows()` reads the same from the tables."""

    name: str
    fold: Callable[[State, Act], None]
    rows: Callable[[], State]


REDUCERS: list[Reducer] = []


def reduces(reducer: Reducer) -> Reducer:
    REDUCERS.append(reducer)
    return reducer


def replayed() -> dict[str, State]:
    """Every reducer's state after all acts, in the order of recording."""
    states: dict[str, State] = {reducer.name: {} for reducer in REDUCERS}
    for act in Act.objects.everywhere("replay folds all").order_by("id").iterator(2000):
        for reducer in REDUCERS:
            reducer.fold(states[reducer.name], act)
    return states


def differences() -> Iterator[str]:
    """One line for each status in which ledger and rows do not agree."""
    states = replayed()
    for reducer in REDUCERS:
        told, stored = states[reducer.name], reducer.rows()
        for key in sorted(told.keys() | stored.keys()):
            if told.get(key) != stored.get(key):
                yield f"{reducer.name} {key}: the ledger says {told.get(key, 'nothing')}, the rows say {stored.get(key, 'nothing')}"
