"""Units as a tree, in one query: each below the one that it is part of, both by name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Q

from commonplace.communities.models import Unit

ACCOUNT = Q(people__email__isnull=False)
Parts = dict[str | None, list[Unit]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit, the names of those that it lies in, outermost first, and how many people with an account chose it."""

    unit: Unit
    within: tuple[str, ...]
    people: int

    @property
    def path(self) -> str:
        return " › ".join((*self.within, self.unit.name))


def tree(without: Unit | None = None) -> list[Placed]:
    """All that were not merged; of one left out, its parts are left out too."""
    parts: Parts = {}
    for unit in Unit.objects.current().annotate(size=Count("people", filter=ACCOUNT)).order_by("name", "pk"):
        if unit != without:
            parts.setdefault(unit.parent_id, []).append(unit)
    return list(_placed(parts, None, ()))


def choices(without: Unit | None = None) -> list[tuple[str, str]]:
    """For a select: the id and the whole path."""
    return [(placed.unit.pk, placed.path) for placed in tree(without)]


def with_parts(ids: Iterable[str]) -> set[str]:
    """The ids of these, and of all that lie in them. One query."""
    parts: dict[str | None, list[str]] = {}
    for pk, parent in Unit.objects.current().values_list("pk", "parent"):
        parts.setdefault(parent, []).append(pk)
    return {pk for one in ids for pk in _within(parts, one)}


def _within(parts: dict[str | None, list[str]], pk: str) -> Iterator[str]:
    yield pk
    for part in parts.get(pk, []):
        yield from _within(parts, part)


def _placed(parts: Parts, parent: str | None, within: tuple[str, ...]) -> Iterator[Placed]:
    for unit in parts.get(parent, []):
        yield Placed(unit, within, unit.size)  # type: ignore[attr-defined]
        yield from _placed(parts, unit.pk, (*within, unit.name))
