"""Between a figure and its reader: nothing said, or derivable from what is said, is about fewer than k people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from commonplace.measuring.readings import Reading, Reason
from commonplace.measuring.rules import Rules

Contributions = Mapping[str, object]
"""Person -> all that they add to a figure, comparable with ==."""


def release(readings: Sequence[Reading], rules: Rules) -> list[Reading]:
    """What may be said. The stages of one cohort are hidden together: each is what the others leave of it."""
    judged = [_judge(reading, rules) for reading in readings]
    withheld = {reading.cohort for reading in judged if reading.suppressed is Reason.FEW_PEOPLE}
    return [_withhold(reading) if reading.cohort in withheld else reading for reading in judged]


def may_follow(editions: Iterable[Contributions], after: Contributions, rules: Rules) -> bool:
    """May this edition of a figure be published? Comparing it with any earlier one must tell of at least k people."""
    return all(changed(before, after) >= rules.people for before in editions)


def may_stand_beside(others: Iterable[Contributions], after: Contributions, rules: Rules) -> bool:
    """The same for figures that answer one question in two places, where they may also be exactly the same."""
    return all(changed(other, after) == 0 or changed(other, after) >= rules.people for other in others)


def changed(before: Contributions, after: Contributions) -> int:
    """How many people a reader could learn about by comparing two editions of a figure."""
    return sum(before.get(person) != after.get(person) for person in before.keys() | after.keys())


def _judge(reading: Reading, rules: Rules) -> Reading:
    people, cases = reading.n or 0, reading.events or 0
    if reading.suppressed:
        return reading
    if not cases:
        return replace(_without_value(reading, Reason.NO_CASES), n=0, events=0)
    if people < rules.people:
        return _withhold(reading)
    if reading.unit == "seconds" and cases < rules.events:
        return _without_value(reading, Reason.FEW_CASES)
    if reading.value is None:
        return replace(reading, suppressed=Reason.NOT_REACHED)
    return reading


def _withhold(reading: Reading) -> Reading:
    """Without the counts too: they are about the same few people."""
    if reading.suppressed is Reason.NOT_RECORDED:
        return reading
    return replace(_without_value(reading, Reason.FEW_PEOPLE), n=None, events=None)


def _without_value(reading: Reading, why: Reason) -> Reading:
    return replace(reading, value=None, low=None, high=None, suppressed=why)
