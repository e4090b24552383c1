"""What later files need to know of earlier ones: numbers and times, no texts."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from commonplace.archiving.importers.stackexchange.fields import LONGEST_NAME, Fields, Wrong, optional_number
from commonplace.archiving.records import Author


class Post(NamedTuple):
    """A question (then `question` is its own number) or an answer."""

    question: int
    author: Author
    at: datetime
    accepted: int | None = None


@dataclass(slots=True)
class Known:
    """Everything taken in so far, by number."""

    people: set[int] = field(default_factory=set)
    posts: dict[int, Post] = field(default_factory=dict)
    other_posts: set[int] = field(default_factory=set)
    comments: set[int] = field(default_factory=set)
    links: set[int] = field(default_factory=set)
    linked: set[tuple[int, int, str]] = field(default_factory=set)
    confirmed: set[int] = field(default_factory=set)

    def author(self, row: Fields, role: str, apart: str) -> Author:
        """Who wrote the row: a person by number, whether an account tells of them or not, by name, or by this text."""
        number, name = optional_number(row, f"{role}Id"), row.get(NAMES[role], "").strip()[:LONGEST_NAME]
        if number is not None:
            return Author(str(number), "" if number in self.people else name or f"user{number}")
        return Author(f"name {name}", name) if name else Author(apart, "Unknown author")

    def is_answer(self, number: int) -> bool:
        return number in self.posts and self.posts[number].question != number


NAMES = {"OwnerUser": "OwnerDisplayName", "User": "UserDisplayName"}


def new(number: int, *seen: set[int] | dict[int, Post]) -> int:
    """The number, if none has it yet."""
    if any(number in numbers for numbers in seen):
        raise Wrong("Id is there twice; the first was taken")
    return number
