"""What is alive in a community now: each phase contributes a few rows, and its page shows what its stage asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from commonplace.communities.models import Community, Person
from commonplace.communities.stages import About
from commonplace.communities.way_on import Step

MOST_ALIVE = 3


@dataclass(frozen=True, slots=True)
class AliveRow:
    """One thing with its address. A quiet line says `who`, since `when`, and the `line`; `mine`: it is the reader's
    turn. `language`: that of the title, "" where it is in the reader's own."""

    title: str
    href: str
    language: str = ""
    who: Person | None = None
    when: datetime | None = None
    line: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Alive:
    """`rows(person, community)`: MOST_ALIVE of them, through their own door; `all_of_it(community)`: where the rest
    is. What is `about` decides at which stages it is shown, and before what."""

    name: str
    about: About
    phase: str
    title: Promise
    rows: Callable[[Any, Community], Sequence[AliveRow]]
    all_of_it: Callable[[Community], Step]


@dataclass(frozen=True, slots=True)
class Section:
    alive: Alive
    rows: Sequence[AliveRow]
    all_of_it: Step


@dataclass(frozen=True, slots=True)
class Column:
    """The sections of one phase, side by side with those of others."""

    phase: str
    sections: list[Section]


def columns(contributed: Iterable[Alive], person: Any, community: Community, order: Sequence[About]) -> list[Column]:
    """Of each phase one, at the place of the first thing in it that there is. Where there is nothing is no section."""
    shown = sorted((one for one in contributed if one.about in order), key=lambda one: order.index(one.about))
    of_phases: dict[str, Column] = {}
    for one in shown:
        if rows := one.rows(person, community)[:MOST_ALIVE]:
            column = of_phases.setdefault(one.phase, Column(one.phase, []))
            column.sections.append(Section(one, rows, one.all_of_it(community)))
    return list(of_phases.values())
