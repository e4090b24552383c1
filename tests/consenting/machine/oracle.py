"""What the rule leaves of a round, worked out anew in plain loops over what was done, not by the program's counting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from commonplace.consenting.kinds import Stand
from tests.consenting.machine.heard import LEFT, REMEDY, REMOVED, Against, Heard, Roll, Rule

YES = (Stand.CONSENT, Stand.CONCERN)


@dataclass(frozen=True)
class Left:
    """May it be accepted now? Is it closed? Does an objection stand?"""

    met: bool
    closed: bool
    stands: bool


def quorum(asked: Iterable[str], rule: Rule) -> int:
    """Of so few people no more than three follow from how many take part."""
    return max(2, min(rule.quorum or 3, len(list(asked)) - 1))


def units_needed(asked: dict[str, str]) -> int:
    large = [unit for unit in set(asked.values()) if unit and list(asked.values()).count(unit) >= 3]
    return 2 if len(large) >= 2 else 0


def left(heard: Heard, roll: Roll, now: datetime) -> Left:
    """Who leaves after the close changes nothing."""
    closed = now >= heard.ends_at
    until = min(now, heard.ends_at)
    gone, removed = roll.those(LEFT, until), roll.those(REMOVED, until)
    present = [person for person in heard.asked if person not in gone]
    yes = [person for person in present if heard.voices.get(person, (None, 0))[0] in YES]
    others = [person for person in yes if person not in heard.made_it]
    if set(heard.asked) <= heard.made_it:
        others = yes if len(yes) == len(present) else []
    stops = waits = False
    for one in heard.unsettled.values():
        may_be_taken_up = _is_left_behind(one, gone, removed) or _is_said_again(one, heard, gone)
        is_answered = _is_met(one, heard, now) and one.person not in gone | removed
        waits = waits or may_be_taken_up
        stops = stops or not (may_be_taken_up or is_answered)
    enough = len(yes) >= heard.quorum and len({heard.asked[person] for person in yes} - {""}) >= heard.units_needed
    met = enough and bool(others) and not stops
    all_spoke = all(heard.voices.get(person, (None, 0))[1] == heard.number for person in present)
    early = all_spoke and not (waits or heard.moves or heard.hidden)
    return Left(met and (closed or early), closed, stops)


def _is_left_behind(one: Against, gone: set[str], removed: set[str]) -> bool:
    """Its raiser left by themselves; but what was of somebody who was removed stands as it did with them."""
    return one.person in gone and not one.was_first_of(removed)


def _is_said_again(one: Against, heard: Heard, gone: set[str]) -> bool:
    """And nobody else who was asked, and is here, objects as well."""
    others = {other.person for other in heard.unsettled.values()} - {one.person} - gone
    return one.repeated and not others & set(heard.asked)


def _is_met(one: Against, heard: Heard, now: datetime) -> bool:
    """Somebody without a part says so; who raised it was told in time, and has said nothing else."""
    return one.seen_at is not None and one.seen_at < heard.closes_at and one.seen_at + REMEDY <= now
