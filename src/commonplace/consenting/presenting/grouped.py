"""In lists of rounds, those that were opened together are one row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from commonplace.consenting.models import Proposal

R = TypeVar("R")


def together(rows: Iterable[R], name: Callable[[R], str]) -> list[list[R]]:
    """At the place of its first, those that have one name; what has none by itself."""
    groups: dict[Any, list[R]] = {}
    for number, row in enumerate(rows):
        groups.setdefault(name(row) or number, []).append(row)
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class Row:
    """One round, or several of one list: `rounds`, and of how many."""

    rounds: list[Proposal]

    @property
    def first(self) -> Proposal:
        return self.rounds[0]

    @property
    def is_list(self) -> bool:
        return bool(self.first.list)

    @property
    def title(self) -> str:
        """Of the whole list, whatever of it is shown."""
        lists, size = self.first.kind.lists, getattr(self.first, "listed", None)
        return lists.title(size or len(self.rounds)) if self.is_list and lists else self.first.title

    @property
    def href(self) -> str:
        return self.first.get_list_url() or self.first.get_absolute_url()

    @property
    def mine(self) -> int:
        """How many wait for the reader's own word."""
        return sum(bool(getattr(one, "mine", False)) for one in self.rounds)

    @property
    def opposed(self) -> int:
        return sum(bool(getattr(one, "opposed", False)) for one in self.rounds)


def in_rows(rounds: Iterable[Proposal]) -> list[Row]:
    return [Row(group) for group in together(rounds, lambda one: one.list)]
