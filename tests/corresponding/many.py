"""Many members at once, written past the acts: how each came in does not matter to whoever tells them something."""

from itertools import count, islice

from commonplace.communities.models import Community, Membership, Person
from commonplace.ledger.act import writing

NUMBERS = count()


def many(community: Community, people: int) -> list[Person]:
    with writing():
        crowd = Person.objects.bulk_create(
            Person(name=f"Member {number}", email=address, given_email=address)
            for number, address in ((number, f"member.{number}@example.org") for number in islice(NUMBERS, people))
        )
        Membership.objects.bulk_create(Membership(community=community, person=person) for person in crowd)
    return crowd
