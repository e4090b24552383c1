"""The operator keeps the units that people choose from: named, renamed, moved, merged. Ids stay."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities import policy
from commonplace.communities.evidence import UnitMerged, UnitPlaced
from commonplace.communities.models import Installation, Person, Unit
from commonplace.communities.naming import must_be_called
from commonplace.ledger.act import Also, Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.evidence import Nothing
from commonplace.untrusted.visible import folded


def _all_units(actor: Person, unit: Unit, **others: Any) -> Iterable[Any]:
    """One change of units at a time, so that no loop comes of two."""
    return Installation.current(), unit


def is_current(unit: Unit | None) -> None:
    """As a guard: people belong to a unit that was not merged, or to none."""
    if unit and unit.merged_into:
        now = {"name": unit.name, "kept": unit.as_kept().name}
        raise NotPossible(_("%(name)s was merged into %(kept)s: the name leads there.") % now)


def _is_free(name: str, besides: Unit | None = None) -> None:
    must_be_called(name, Unit, _("A unit needs a name of at most %(most)s letters."))
    namesake = Unit.objects.called(name)
    if namesake and namesake != besides:
        is_current(namesake)
        raise NotPossible(_("There is already a unit of this name."))


def _may_be_named(actor: Person, installation: Installation, *, name: str, parent: Unit | None = None) -> None:
    _is_free(name)
    is_current(parent)


@act("unit.named", who=policy.operator, evidence=UnitPlaced, guard=_may_be_named)
def name_unit(actor: Person, installation: Installation, *, name: str, parent: Unit | None = None) -> Written[Unit]:
    """Who: the operator. Guard: the name is free; what it is part of was not merged.
    Effect: a unit that people choose.
    """
    unit = Unit.objects.create(name=name, folded=folded(name), parent=parent)
    return Written(unit, UnitPlaced(parent=parent.pk if parent else ""))


def _may_be_renamed(actor: Person, unit: Unit, *, name: str) -> None:
    is_current(unit)
    _is_free(name, besides=unit)


@act("unit.renamed", who=policy.operator, evidence=Nothing, guard=_may_be_renamed, locks=_all_units)
def rename_unit(actor: Person, unit: Unit, *, name: str) -> Written[Unit]:
    """Who: the operator. Guard: it was not merged; the name is free. Effect: another name for the same unit."""
    unit.name, unit.folded = name, folded(name)
    unit.save(update_fields=["name", "folded"])
    return Written(unit, Nothing())


def _may_be_moved(actor: Person, unit: Unit, *, parent: Unit | None) -> None:
    is_current(unit)
    is_current(parent)
    if parent and parent.lies_in(unit):
        raise NotPossible(_("%(name)s cannot be a part of itself.") % {"name": unit.name})


@act(
    "unit.moved",
    who=policy.operator,
    evidence=UnitPlaced,
    guard=_may_be_moved,
    locks=_all_units,
    of=("unit.merged",),
)
def move_unit(actor: Person, unit: Unit, *, parent: Unit | None) -> Written[Unit]:
    """Who: the operator. Guard: neither was merged; no unit is a part of itself. Effect: it is a part of another."""
    return Written(*_placed(unit, parent))


def _may_be_merged(actor: Person, unit: Unit, *, into: Unit) -> None:
    is_current(unit)
    is_current(into)
    if into.lies_in(unit):
        raise NotPossible(_("%(into)s is a part of %(name)s. Move it out first.") % {"into": into, "name": unit})


@act("unit.merged", who=policy.operator, evidence=UnitMerged, guard=_may_be_merged, locks=_all_units)
def merge_unit(actor: Person, unit: Unit, *, into: Unit) -> Written[Unit]:
    """Who: the operator. Guard: two units that were not merged, the one kept not within the other.
    Effect: people and parts move to the one that is kept; the other's name and id lead there.
    """
    unit.merged_into = into
    unit.save(update_fields=["merged_into"])
    people = unit.people.update(unit=into)
    parts = [_placed(part, into) for part in unit.parts.current()]
    moved = [Also("unit.moved", part, placed) for part, placed in parts]
    return Written(unit, UnitMerged(into=into.pk, people=people), also=moved)


def _placed(unit: Unit, parent: Unit | None) -> tuple[Unit, UnitPlaced]:
    unit.parent = parent
    unit.save(update_fields=["parent"])
    return unit, UnitPlaced(parent=parent.pk if parent else "")
