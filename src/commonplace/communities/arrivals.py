"""One person of a list comes to be: an account, a link to hand out, and a place in a community."""

from dataclasses import dataclass

from django.db import transaction

from commonplace.communities import acts, secrets, zones
from commonplace.communities.models import Community, Installation, Person, Unit
from commonplace.communities.roster import Listed


@dataclass(frozen=True, slots=True)
class Arrival:
    person: Person
    secret: str


def unit_called(operator: Person, name: str) -> Unit | None:
    """The unit of that name; one that is missing is named by the operator's own act."""
    if not name:
        return None
    return Unit.objects.of_name(name) or acts.name_unit(operator, Installation.current(), name=name)


def bring_in(operator: Person, listed: Listed, community: Community | None) -> Arrival:
    """All of it or nothing; NotPossible if the address was taken meanwhile."""
    newcomer = Person(name=listed.name, email=listed.email, time_zone=zones.of_the_server())
    secret = secrets.fresh()
    with transaction.atomic():
        newcomer.unit = unit_called(operator, listed.unit)
        person = acts.add_person(operator, Installation.current(), person=newcomer)
        acts.issue_sign_in_link(operator, person, secret=secret)
        if community:
            acts.add_member(operator, community, person=person)
    return Arrival(person, secret)
