"""What somebody's page in a community shows of what they did: contributed by phases, chosen by whom it is about."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from commonplace.communities.models import Community

MOST_DEEDS = 5


@dataclass(frozen=True, slots=True)
class Deed:
    """By its title, where it is read."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Portrait:
    """`deeds(reader, person, community)`: what there is of it that the reader may read, newest first, MOST_DEEDS and
    one. `heading`: on their page, `mine`: as they themselves read it; `choice`: to whoever chooses. `is_usual`: shown
    until they have chosen."""

    name: str
    phase: str
    heading: Promise
    mine: Promise
    choice: Promise
    deeds: Callable[[Any, Any, Community], Iterable[Deed]]
    is_usual: bool = False
