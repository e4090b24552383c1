"""What people say of themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from commonplace.communities import policy, zones
from commonplace.communities.acts.units import is_current
from commonplace.communities.evidence import UnitChanged
from commonplace.communities.models import Installation, Membership, Person, Unit
from commonplace.communities.naming import must_be_a_name
from commonplace.communities.pictures import replaced
from commonplace.ledger import registry
from commonplace.ledger.act import Also, Written, act
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.evidence import Nothing
from commonplace.untrusted.visible import folded

PROFILE = {"name", "unit", "language", "time_zone", "picture"}


def _is_of_oneself(actor: Person, person: Person, /, **changed: Any) -> None:
    if not changed.keys() <= PROFILE:
        raise NotAllowed(_("This is not part of a profile."))
    if "name" in changed:
        must_be_a_name(changed["name"])
    is_current(changed.get("unit"))
    if changed.get("time_zone") and changed["time_zone"] not in zones.names():
        raise NotPossible(str(zones.UNKNOWN), "time_zone")
    if changed.get("language") and changed["language"] not in dict(settings.LANGUAGES):
        raise NotPossible(_("Choose one of the languages in the list."), "language")


def _person_and_units(actor: Person, person: Person, /, **changed: Any) -> Iterable[Any]:
    """Whoever chooses a unit waits for the operator who is merging some; whoever takes a name, for a namesake."""
    return (person, Installation.current()) if changed.keys() & {"unit", "name"} else (person,)


registry.consequence(
    "member.unit_changed",
    of=("person.profile_edited",),
    evidence=UnitChanged,
    effect="Who: the member. Guard: as for editing a profile. Effect: in each of their communities, another unit.",
)


@act(
    "person.profile_edited",
    who=policy.themselves,
    evidence=Nothing,
    guard=_is_of_oneself,
    locks=_person_and_units,
    brought_by=policy.archivist,
)
def edit_profile(actor: Person, person: Person, /, **changed: Any) -> Written[Person]:
    """Who: the person concerned. Guard: a profile and nothing else; unit, zone and language are ones there are.
    Effect: name, unit, language, time zone, picture change.
    """
    moved = list(_unit_changes(person, changed["unit"])) if "unit" in changed else []
    if "picture" in changed:
        changed["picture"] = replaced(person, changed["picture"])
    if folded(changed.get("name", person.name)) != person.folded:
        changed["namesake"] = Person.objects.namesake(changed["name"])
    for name, value in changed.items():
        setattr(person, name, value)
    person.save(update_fields=list(changed))
    return Written(person, Nothing(), also=moved)


def _unit_changes(person: Person, unit: Unit | None) -> Iterator[Also]:
    """One in each of their communities."""
    if unit != person.unit:
        changed = UnitChanged(person_unit=unit.pk if unit else "", unit_before=person.unit_id or "")
        here = Membership.objects.visible_to(person).filter(person=person).current().select_related("community")
        yield from (Also("member.unit_changed", membership, changed) for membership in here)
