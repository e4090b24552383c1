"""One person of a list comes in: an account, a unit, a link to hand out, and a place in a community.

Whoever has an account already gets no second one, and no link: only the place.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from commonplace.communities import acts, secrets
from commonplace.communities.models import Community, Installation, Person, Unit
from commonplace.communities.roster.people import Listed
from commonplace.ledger import sending
from commonplace.ledger.errors import NotPossible
from commonplace.untrusted.visible import folded


@dataclass(frozen=True, slots=True)
class Arrival:
    """`secret` is the link's; empty for whoever had an account."""

    person: Person
    secret: str


def come_in(operator: Person, listed: Listed, community: Community | None) -> Arrival:
    """Asked anew and not looked up: when the form is sent again, the acts of the first time answer."""
    with sending.part(listed.email):
        try:
            return bring_in(operator, listed, community)
        except NotPossible:
            person = Person.objects.of_address(listed.email)
            if person is None:
                raise
        return Arrival(put_into(operator, person, community), "")


def put_into(operator: Person, person: Person, community: Community | None) -> Person:
    if community is None:
        raise NotPossible(
            _("%(name)s has an account already: choose a community to put them into.") % {"name": person.known_as}
        )
    acts.add_member(operator, community, person=person)
    return person


def bring_in(operator: Person, listed: Listed, community: Community | None) -> Arrival:
    """All of it or nothing; NotPossible if the address was taken meanwhile."""
    newcomer = Person(name=listed.name, email=listed.email, time_zone=listed.zone)
    secret = secrets.fresh()
    with transaction.atomic():
        newcomer.unit = unit_called(operator, listed.unit)
        person = acts.add_person(operator, Installation.current(), person=newcomer)
        acts.issue_sign_in_link(operator, person, secret=secret)
        if community:
            acts.add_member(operator, community, person=person)
    return Arrival(person, secret)


def unit_called(operator: Person, name: str) -> Unit | None:
    """The unit of that name; one that is missing is named by the operator's own act."""
    if not name:
        return None
    try:
        return Unit.objects.of_name(name) or acts.name_unit(operator, Installation.current(), name=name)
    except NotPossible:
        if unit := Unit.objects.of_name(name):  # Somebody has named it meanwhile.
            return unit
        raise


def new_units(listed: Iterable[Listed]) -> list[str]:
    """The names that will be new units, each once, as they are first spelled."""
    spelled = {folded(one.unit): one.unit for one in reversed(list(listed)) if one.unit}
    known = Unit.objects.names()
    return sorted(name for key, name in spelled.items() if key not in known)
