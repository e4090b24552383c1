"""A figure by itself: may it be told, and as a number or as a band?"""

from dataclasses import replace

from commonplace.measuring.disclosure.crowds import Crowds
from commonplace.measuring.intervals import all_alike
from commonplace.measuring.metrics.registry import PRACTICES
from commonplace.measuring.readings import Band, Reading, Reason
from commonplace.measuring.rules import Rules


def judge(reading: Reading, crowds: Crowds, members: int, rules: Rules) -> Reading:
    """`members`: how many people the community had in the window."""
    people = shown(crowds.began.people, members, rules)
    if not people or not crowds.began.is_one(rules):
        return untold(reading, Reason.FEW_PEOPLE)
    released = replace(reading, n=people)
    judged = _wait(released, crowds, rules) if reading.unit == "seconds" else _rate(released, crowds, rules)
    detailed = judged if crowds.began.people >= 2 * rules.people else _without_detail(judged)
    return _of_practices(detailed, rules) if reading.cohort in PRACTICES else detailed


def _of_practices(reading: Reading, rules: Rules) -> Reading:
    """So many or more: without the exchanges that they were made of, few practices may be left, of one scribe."""
    return reading if reading.events is None else replace(reading, events=by_fives(reading.events, rules))


def shown(people: int, members: int, rules: Rules) -> int:
    """How many people are told, by fives: never all members, nor all but fewer than k of more than k."""
    if people >= members:
        people -= 1
    return by_fives(min(people, max(rules.people, members - rules.people)), rules)


def _without_detail(reading: Reading) -> Reading:
    """Of fewer than 2k people: how wide an interval is tells how unlike they are, and where a wait's begins and ends is
    somebody's wait. A rate's is then what its numbers say, had each person had as many cases, all alike."""
    if reading.value is None or reading.unit == "seconds" or not reading.n or not reading.events:
        return replace(reading, low=None, high=None)
    low, high = all_alike(reading.value, reading.n, reading.events)
    return replace(reading, low=low, high=high)


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


def _not_reached(reading: Reading, crowds: Crowds, rules: Rules) -> Reading:
    """A band, too: of so few, fewer than half could be none."""
    if crowds.began.people < 2 * rules.people - 1:
        return untold(reading, Reason.FEW_PEOPLE)
    return replace(reading, low=None, high=None, suppressed=Reason.NOT_REACHED)


def _banded(reading: Reading, band: Band, crowds: Crowds, rules: Rules) -> Reading:
    """Of so few that the other side could only be all of them, it would be the number again."""
    if crowds.began.people < 2 * rules.people - 1:
        return untold(reading, Reason.FEW_PEOPLE)
    return replace(reading, value=None, low=None, high=None, band=band)


def _wait(reading: Reading, crowds: Crowds, rules: Rules) -> Reading:
    if (reading.events or 0) < rules.events:
        return untold(reading, Reason.FEW_CASES)
    if reading.value is None:
        return _not_reached(reading, crowds, rules)
    if not (crowds.reached.is_one(rules) and crowds.doers.is_one(rules)):
        return untold(reading, Reason.FEW_PEOPLE)
    return reading
