"""A scenario: a folder of TOML files that people can read, checked as it is read."""

import dataclasses
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from commonplace.demo.everyday import exchanges, uses
from commonplace.demo.everyday.dice import Dice
from commonplace.demo.happening import Happening
from commonplace.demo.moments import Calendar
from commonplace.demo.told.background import ToldBackground
from commonplace.demo.told.communities import ToldCommunity
from commonplace.demo.told.exchanges import ToldExchange
from commonplace.demo.told.objectives import ToldObjective
from commonplace.demo.told.people import ToldDoor, ToldPerson, arrivals
from commonplace.demo.told.practices import ToldPractice
from commonplace.demo.told.tables import read
from commonplace.demo.unreadable import ScenarioError

FOLDER = Path(__file__).parent / "scenario"


@dataclass(frozen=True, slots=True)
class Scenario:
    """What one file tells, or all of them together."""

    people: list[ToldPerson] = field(default_factory=list)
    doors: list[ToldDoor] = field(default_factory=list)
    community: list[ToldCommunity] = field(default_factory=list)
    exchange: list[ToldExchange] = field(default_factory=list)
    practice: list[ToldPractice] = field(default_factory=list)
    objective: list[ToldObjective] = field(default_factory=list)
    background: list[ToldBackground] = field(default_factory=list)

    def written(self, calendar: Calendar) -> Iterator[Happening]:
        """What is written by hand."""
        days = {community.id: community.round_days for community in self.community}
        yield from arrivals(self.people, calendar)
        for community in self.community:
            yield from community.happenings(calendar, self.people)
        for exchange in self.exchange:
            yield from exchange.happenings(calendar)
        for practice in self.practice:
            yield from practice.happenings(calendar, days.get(practice.community, 0))
        for objective in self.objective:
            yield from objective.happenings(calendar, days.get(objective.community, 0))

    def everyday(self, calendar: Calendar, seed: int) -> Iterator[Happening]:
        """What the seed makes of the background; nothing of it lies after today's beginning."""
        dice, today = Dice(seed, calendar, self.people), calendar.on(0, 0)
        for background in self.background:
            made = [*exchanges.exchanges(background, dice)]
            for practice in self.practice:
                made += uses.uses(practice, background, dice)
            yield from (happening for happening in made if happening.at < today)


def load(folder: Path = FOLDER) -> Scenario:
    """All `*.toml` of the folder. Raises ScenarioError with file, table and what is wrong."""
    return _together([read(Scenario, _parsed(path), path.name) for path in sorted(folder.glob("*.toml"))])


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ScenarioError(path.name, f"is not TOML: {error}") from error


def _together(parts: Iterable[Scenario]) -> Scenario:
    names = [field.name for field in dataclasses.fields(Scenario)]
    return Scenario(**{name: [item for part in parts for item in getattr(part, name)] for name in names})
