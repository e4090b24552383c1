"""What is new in a community: pieces, each with a line of what was said."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from commonplace.communities.lately import Told
from commonplace.communities.leading import slug_of, subject_of
from commonplace.communities.models import Person
from commonplace.communities.way_on import Step

MOST_PIECES = 16


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of news of a community, and the language of that. `who`: None where no one person did it; `says`: a
    line of what was said, in the words of who said it (`communities/saying.py`); `step`: what one can do at once."""

    phase: str
    what: Promise | str
    title: str
    href: str
    community: str
    who: Person | None
    at: datetime
    language: str = ""
    says: str = ""
    step: Step | None = None

    @property
    def slug(self) -> str:
        """Of its community."""
        return slug_of(self.href)

    @property
    def subject(self) -> str:
        return subject_of(self.href)


@dataclass(frozen=True, slots=True)
class News:
    """`pieces(person, communities, before)`: what happened in these, by id, newest first, MOST_PIECES at the most.
    `rows()`: by which the last of it is found, without what the READER did."""

    name: str
    pieces: Callable[[Any, Sequence[str], datetime], Iterable[Piece]]
    rows: Callable[[], Told] = tuple
