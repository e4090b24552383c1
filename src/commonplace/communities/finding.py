"""What can be found of a phase, and how a hit of it is shown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from commonplace.communities.models import Community
from commonplace.ledger.models import Act
from commonplace.ledger.scope import ScopedQuerySet


@dataclass(frozen=True, slots=True)
class Findable:
    """What is found of one row as it is now: the more `weight`, the earlier. Of one `thread` the best is shown.

    `edited_at` is read with the `html`: what a row says that was edited since is not shown any more.
    """

    subject: str
    thread: str
    community: Community
    title: str
    html: Sequence[str]
    happened_at: datetime
    weight: int = 0
    edited_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a hit says of a row: `kind` and `status` are codes, beside what people read."""

    title: str
    community: Community
    address: str
    kind_words: Promise | str
    status: str
    status_words: Promise | str
    at: datetime
    edited_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SearchSource:
    """One kind of what can be found. `name` stands in addresses, `many` is what people read; one that is `within`
    another is looked for with it.

    `findable(ids)` is made anew after each act of the `verbs`, of what it is `about`: an id, or "" if nothing changes.
    `rows()`, read through the reader's own door, give what is `shown`. `made_of(ids)`: of these rows that the community
    agreed on, the threads that each was made of; found by the same words, it stands before them.
    """

    name: str
    phase: str
    many: Promise
    verbs: tuple[str, ...]
    about: Callable[[Act], str]
    findable: Callable[[Sequence[str]], Iterable[Findable]]
    rows: Callable[[], ScopedQuerySet[Any]]
    shown: Callable[[Any], Shown]
    within: str = ""
    made_of: Callable[[Sequence[str]], Mapping[str, Sequence[str]]] | None = None
