"""The whole story in the order of time, checked: nobody is named before they have come."""

from collections.abc import Iterator
from typing import Any

from commonplace.demo.deeds.communities import Found
from commonplace.demo.deeds.exchanges import Ask, Respond
from commonplace.demo.deeds.objectives import State
from commonplace.demo.deeds.people import Arrive
from commonplace.demo.deeds.practices import Bring, Distil
from commonplace.demo.happening import Deed, Happening
from commonplace.demo.moments import Calendar
from commonplace.demo.scenario import Scenario
from commonplace.demo.unreadable import ScenarioError

SEED = 1966
"""The year of The Social Construction of Reality."""

MENTIONS = {
    "by": "person",
    "person": "person",
    "successor": "person",
    "invited_by": "person",
    "added_by": "person",
    "authors": "person",
    "community": "community",
    "exchange": "exchange",
    "exchanges": "exchange",
    "quoted": "response",
    "practice": "practice",
    "original": "practice",
    "objective": "objective",
}
MAKES: dict[type, tuple[str, str]] = {
    Arrive: ("person", "by"),
    Found: ("community", "id"),
    Ask: ("exchange", "id"),
    Distil: ("practice", "id"),
    Bring: ("practice", "id"),
    State: ("objective", "id"),
}


def tell(scenario: Scenario, calendar: Calendar, seed: int = SEED) -> list[Happening]:
    """All happenings, the earliest first. Raises ScenarioError when one names what is not there yet."""
    all_of_them = [*scenario.written(calendar), *scenario.everyday(calendar, seed)]
    ordered = sorted(all_of_them, key=lambda happening: happening.at)
    _check(ordered, calendar)
    return ordered


def _check(happenings: list[Happening], calendar: Calendar) -> None:
    known: set[tuple[str, str]] = set()
    for happening in happenings:
        made = set(_made(happening.deed))
        if again := made & known - {name for name in made if name[0] == "response"}:
            kind, name = again.pop()
            raise ScenarioError(happening.place, f"there is a {kind} called {name!r} already")
        for kind, name in _mentioned(happening.deed):
            if (kind, name) not in known | made:
                when = f"{happening.at.astimezone(calendar.zone):%d %B %Y %H:%M}"
                raise ScenarioError(happening.place, f"on {when} there is no {kind} called {name!r} yet")
        known |= made


def _made(deed: Deed) -> Iterator[tuple[str, str]]:
    if type(deed) in MAKES:
        kind, field = MAKES[type(deed)]
        yield kind, getattr(deed, field)
    if isinstance(deed, Respond):
        yield "response", f"{deed.exchange}/{deed.name}"


def _mentioned(deed: Deed) -> Iterator[tuple[str, str]]:
    for field, kind in MENTIONS.items():
        value: Any = getattr(deed, field, ())
        for name in (value,) if isinstance(value, str) else value:
            if name:
                yield kind, name
