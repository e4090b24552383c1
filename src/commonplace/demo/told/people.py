"""`people` and `doors` of a scenario."""

from collections.abc import Iterator
from dataclasses import dataclass

from commonplace.communities.models import Experience
from commonplace.demo.deeds.people import Arrive
from commonplace.demo.happening import Happening
from commonplace.demo.moments import Calendar


@dataclass(frozen=True, slots=True)
class ToldPerson:
    """`joined` is a day; `active` says how often the everyday background hears from them.

    `experience`: what they say on joining when they are asked if the work is new to them; most say nothing.
    """

    id: str
    name: str
    joined: int
    place: str
    unit: str = ""
    language: str = ""
    active: int = 1
    left: int = 0
    operator: bool = False
    experience: Experience = Experience.UNSAID

    def happening(self, calendar: Calendar, operator: str) -> Happening:
        added_by = "" if self.operator else operator
        deed = Arrive(self.id, self.name, self.unit, self.language, calendar.zone.key, added_by)
        return Happening(calendar.on(self.joined, 8), deed, self.place)


@dataclass(frozen=True, slots=True)
class ToldDoor:
    """What a printed sign-in link says it is for, and whom it lets in."""

    who: str
    person: str


def arrivals(people: list[ToldPerson], calendar: Calendar) -> Iterator[Happening]:
    operator = next(person.id for person in people if person.operator)
    for person in people:
        yield person.happening(calendar, operator)
