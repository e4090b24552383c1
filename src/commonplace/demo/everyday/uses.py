"""Everyday uses of what was accepted: most work, some are adapted, a few fail."""

from collections.abc import Iterator
from datetime import datetime

from commonplace.demo.deeds.applications import Apply
from commonplace.demo.everyday.dice import Dice
from commonplace.demo.everyday.exchanges import PLACE
from commonplace.demo.happening import Happening
from commonplace.demo.told.background import ToldBackground
from commonplace.demo.told.practices import ToldPractice
from commonplace.internalizing.models import Help, Outcome

OUTCOMES = [Outcome.WORKED] * 15 + [Outcome.ADAPTED] * 4 + [Outcome.FAILED] * 2
READERS_TOO = 0.5
HELPED = [Help.AUTHOR] + [Help.OTHER] * 3 + [Help.NOBODY] * 6 + [Help.UNSAID] * 2
FIRST_AFTER_DAYS = 32


def uses(practice: ToldPractice, background: ToldBackground, dice: Dice) -> Iterator[Happening]:
    accepted = practice.accepted_at(dice.calendar)
    if accepted is None or practice.community != background.community:
        return
    first = (accepted - dice.calendar.on(0)).days + FIRST_AFTER_DAYS
    for _ in range(practice.everyday):
        at = dice.working_moment(first, practice.everyday_until - 1)
        yield Happening(at, _use(practice, background, dice, at), PLACE)


def _use(practice: ToldPractice, background: ToldBackground, dice: Dice, at: datetime) -> Apply:
    outcome = dice.one(OUTCOMES)
    words = {Outcome.WORKED: practice.worked, Outcome.ADAPTED: practice.adapted, Outcome.FAILED: practice.failed}
    where = f"{dice.one(background.stations)}, {dice.one(background.assets)}"
    by = dice.somebody(at, least=READERS_TOO)
    return Apply(by, practice.id, where, outcome, dice.one(words[outcome] or [""]), help=dice.one(HELPED))
