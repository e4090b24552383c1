"""A figure by itself: may it be told, and as a number or as a band?"""

from dataclasses import replace

from commonplace.measuring.disclosure.crowds import Crowds
from commonplace.measuring.readings import Band, Reading, Reason
from commonplace.measuring.rules import Rules


def judge(reading: Reading, crowds: Crowds, everybody: bool, rules: Rules) -> Reading:
    """`everybody`: no member is missing among those who began the cases, and each would be told of."""
    people = by_fives(crowds.began.people - everybody, rules)
    if not people or not crowds.began.is_one(rules):
        return untold(reading, Reason.FEW_PEOPLE)
    released = replace(reading, n=people)
    return _wait(released, crowds, rules) if reading.unit == "seconds" else _rate(released, crowds, rules)


def by_fives(number: int, rules: Rules) -> int:
    """So many or more, by k, so that no difference of two is about one."""
    return number // rules.people * rules.people


def untold(reading: Reading, why: Reason) -> Reading:
    """Without the counts too: they are about the same few people."""
    return replace(reading, value=None, low=None, high=None, n=None, events=None, band=None, suppressed=why)


def _rate(reading: Reading, crowds: Crowds, rules: Rules) -> Reading:
    """Both sides are of k people or more; of a smaller side the band says only that it is small."""
    if crowds.reached.people < rules.people:
        return _banded(reading, Band.FEW, crowds, rules)
    if not (crowds.reached.is_one(rules) and crowds.doers.is_one(rules)):
        return untold(reading, Reason.FEW_PEOPLE)
    if crowds.others.people < rules.people:
        return _banded(reading, Band.ALL_BUT_FEW, crowds, rules)
    return reading if crowds.others.is_one(rules) else untold(reading, Reason.FEW_PEOPLE)


def _banded(reading: Reading, band: Band, crowds: Crowds, rules: Rules) -> Reading:
    """Of so few that the other side could only be all of them, it would be the number again."""
    if crowds.began.people < 2 * rules.people - 1:
        return untold(reading, Reason.FEW_PEOPLE)
    return replace(reading, value=None, low=None, high=None, band=band)


def _wait(reading: Reading, crowds: Crowds, rules: Rules) -> Reading:
    if (reading.events or 0) < rules.events:
        return untold(reading, Reason.FEW_CASES)
    if reading.value is None:
        return replace(reading, low=None, high=None, suppressed=Reason.NOT_REACHED)
    if not (crowds.reached.is_one(rules) and crowds.doers.is_one(rules)):
        return untold(reading, Reason.FEW_PEOPLE)
    return reading
