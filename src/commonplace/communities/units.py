"""Units as a tree, in one query: each below the one that it is part of, both by name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from commonplace.communities.models import Unit
from commonplace.ledger.once import once

ACCOUNT = Q(people__email__isnull=False)
Parts = dict[str | None, list[Unit]]
PARTS_OF = "parts of units"


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
    """The ids of these, and of all that lie in them. One query, or none where a page has read `kept` units."""
    parts = once(PARTS_OF, lambda: _ids(Unit.objects.current().only("parent")))
    return {pk for one in ids for pk in _within(parts, one)}


def kept(named: Any) -> list[Unit]:
    """Of which this is true, each as the unit that it was merged into, by name. One query, however often that was."""
    rows = {row.pk: row for row in Unit.objects.annotate(is_named=named)}
    once(PARTS_OF, lambda: _ids(row for row in rows.values() if not row.merged_into_id))
    return as_kept(rows, [row.pk for row in rows.values() if row.is_named])  # type: ignore[attr-defined]


def as_kept(rows: Mapping[str, Unit], ids: Iterable[str]) -> list[Unit]:
    """`rows`: all units, by their ids."""
    return sorted({_kept(rows, rows[pk]) for pk in ids}, key=lambda unit: (unit.folded, unit.pk))


def _kept(rows: Mapping[str, Unit], unit: Unit) -> Unit:
    return _kept(rows, rows[unit.merged_into_id]) if unit.merged_into_id else unit


def _ids(units: Iterable[Unit]) -> Mapping[str | None, list[str]]:
    parts: dict[str | None, list[str]] = {}
    for unit in units:
        parts.setdefault(unit.parent_id, []).append(unit.pk)
    return parts


def _within(parts: Mapping[str | None, list[str]], pk: str) -> Iterator[str]:
    yield pk
    for part in parts.get(pk, []):
        yield from _within(parts, part)


def _placed(parts: Parts, parent: str | None, within: tuple[str, ...]) -> Iterator[Placed]:
    for unit in parts.get(parent, []):
        yield Placed(unit, within, unit.size)  # type: ignore[attr-defined]
        yield from _placed(parts, unit.pk, (*within, unit.name))
