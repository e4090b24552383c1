"""What members may be asked about: topics, which a phase keeps and names here."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from commonplace.communities.models import Community

MOST_OFFERED = 200


@dataclass(frozen=True, slots=True)
class Subject:
    """One, as it is kept now: `ids`, its own and those of what was merged into it; `href`, what there is about it."""

    pk: str
    title: str
    href: str
    ids: Sequence[str]


@dataclass(frozen=True, slots=True)
class Subjects:
    """Of a community, as far as this reader may read them. `offered(reader, community)`: by title, MOST_OFFERED;
    `named(reader, community, ids)`: those of these ids; `called(reader, community, name)`: the one of exactly this
    name; `resembling(reader, typed)`: of all communities the ids of those called so, as a part of a statement."""

    name: str
    offered: Callable[[Any, Community], Iterable[Subject]]
    named: Callable[[Any, Community, Collection[str]], Iterable[Subject]]
    resembling: Callable[[Any, Any], Any]
    called: Callable[[Any, Community, str], Iterable[Subject]]
