"""In lists of rounds, those that were opened together are one row."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar

from django.db.models import Count

from commonplace.consenting.models import Proposal

R = TypeVar("R")
WHY = "who reads a round of a list reads how many there are"


def together(rows: Iterable[R], name: Callable[[R], Hashable]) -> list[list[R]]:
    """At the place of its first, those that have one name; what has none by itself."""
    groups: dict[Any, list[R]] = {}
    for number, row in enumerate(rows):
        groups.setdefault(name(row) or number, []).append(row)
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class Row:
    """One round, or several of one list: `rounds`, of `size`, whatever of it is shown."""

    rounds: list[Proposal]
    size: int

    @property
    def first(self) -> Proposal:
        return self.rounds[0]

    @property
    def is_list(self) -> bool:
        return bool(self.first.list)

    @property
    def title(self) -> str:
        lists = self.first.kind.lists
        return lists.title(self.size) if self.is_list and lists else self.first.title

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
    groups = _in_order(together(rounds, lambda one: one.list))
    size_of = sizes(group[0].list for group in groups)
    return [Row(group, size_of.get(group[0].list, 1)) for group in groups]


def _in_order(groups: list[list[Proposal]]) -> list[list[Proposal]]:
    """Of a list its rounds as its own page has them."""
    several = [one for group in groups if len(group) > 1 for one in group]
    place: dict[str, Any] = {}
    for kind in {one.matter: one.kind for one in several}.values():
        subjects = kind.read_rows([one.subject_id for one in several if one.kind is kind])
        by = attrgetter(*kind.lists.by) if kind.lists else attrgetter("pk")
        place |= {pk: by(subject) for pk, subject in subjects.items()}
    return [sorted(group, key=lambda one: place[one.subject_id]) if len(group) > 1 else group for group in groups]


def sizes(names: Iterable[str]) -> dict[str, int]:
    """How many rounds each of these lists has; asked only where there is one."""
    lists = set(names) - {""}
    return dict(_rounds_of(lists).values_list("list").annotate(n=Count("pk"))) if lists else {}


def ends(names: Iterable[str]) -> dict[tuple[str, str], int]:
    """How many of each of these lists ended how, by list and outcome; of those that are open nothing."""
    lists = set(names)
    over = _rounds_of(lists).exclude(decided_at=None).values_list("list", "outcome")
    return {(name, end): n for name, end, n in over.annotate(n=Count("pk"))} if lists else {}


def _rounds_of(lists: Iterable[str]) -> Any:
    return Proposal.objects.filter(list__in=lists).everywhere(WHY).order_by()
