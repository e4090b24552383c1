"""One person of a list comes to be: an account, a link to hand out, and a place in a community."""

from dataclasses import dataclass

from django.db import transaction

from commonplace.communities import acts, secrets, zones
from commonplace.communities.models import Community, Installation, Person
from commonplace.communities.roster import Listed


@dataclass(frozen=True, slots=True)
class Arrival:
    person: Person
    secret: str


def bring_in(operator: Person, listed: Listed, community: Community | None) -> Arrival:
    """All of it or nothing; NotPossible if the address was taken meanwhile."""
    newcomer = Person(name=listed.name, email=listed.email, unit=listed.unit, time_zone=zones.of_the_server())
    secret = secrets.fresh()
    with transaction.atomic():
        person = acts.add_person(operator, Installation.current(), person=newcomer)
        acts.issue_sign_in_link(operator, person, secret=secret)
        if community:
            acts.add_member(operator, community, person=person)
    return Arrival(person, secret)
