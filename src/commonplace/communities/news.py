"""What is new in a community: pieces, each with a line of what was said."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.urls import resolve
from django.utils.functional import Promise

from commonplace.communities.models import Person
from commonplace.ledger.ids import LENGTH

MOST_PIECES = 16
_ID = re.compile(rf"[0-9a-z]{{{LENGTH}}}")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of news of a community, and the language of that. `who`: None where no one person did it; `says`: a
    line of what was said, in the words of who said it (`communities/saying.py`)."""

    phase: str
    what: Promise | str
    title: str
    href: str
    community: str
    who: Person | None
    at: datetime
    language: str = ""
    says: str = ""

    @property
    def slug(self) -> str:
        """Of its community."""
        return str(resolve(urlsplit(self.href).path).kwargs["slug"])

    @property
    def subject(self) -> str:
        return subject_of(self.href)


def subject_of(href: str) -> str:
    """What a page is about: the first id in its address, or the page itself."""
    path = urlsplit(href).path
    return next((part for part in path.split("/") if _ID.fullmatch(part)), path)


@dataclass(frozen=True, slots=True)
class News:
    """`pieces(person, communities, before)`: what happened in these, by id, newest first, MOST_PIECES at the most."""

    name: str
    pieces: Callable[[Any, Sequence[str], datetime], Iterable[Piece]]
