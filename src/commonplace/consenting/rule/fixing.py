"""What is fixed at the opening: the quorum, and from how many units who consents must come."""

import math
from collections import Counter
from collections.abc import Iterable


def quorum_for(eligible: int, core_and_active: int, own: int | None, *, floor: int, share: float) -> int:
    """The charter's number, else max(floor, share of core + active); at most eligible - 1, never below 2."""
    wanted = own if own is not None else max(floor, math.ceil(round(share * core_and_active, 9)))
    return max(2, min(wanted, eligible - 1))


def units_needed(units: Iterable[str], *, breadth: int, large: int) -> int:
    """`units`: of the eligible, "" for none. Breadth is asked where that many units have `large` people or more."""
    many = [unit for unit, people in Counter(units).items() if unit and people >= large]
    return breadth if len(many) >= breadth else 0
