"""What somebody looks after in a community: contributed by phases, read before they hand their role over."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from commonplace.communities.models import Community

MOST_CHARGES = 50


@dataclass(frozen=True, slots=True)
class Charge:
    """One of these: by its title, where it is read, and where it is passed on, if it can be."""

    title: str
    href: str
    pass_on: str = ""


@dataclass(frozen=True, slots=True)
class Entrusted:
    """`charges(reader, person, community)`: what this person looks after there and the reader may read, at the most
    MOST_CHARGES and one. `what`: a heading; `nothing`: where nothing is; `act`: what is done to pass one on."""

    name: str
    phase: str
    what: Promise
    nothing: Promise
    act: Promise
    charges: Callable[[Any, Any, Community], Iterable[Charge]]
