"""What somebody does first where they have lately come and done nothing yet: say hello, read a question, know a
practice. It goes with the first thing they do there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, Exists
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonplace.communities.alive import Alive, AliveRow
from commonplace.communities.contributions import contributed
from commonplace.communities.levels import done_by
from commonplace.communities.models import Community, Membership
from commonplace.communities.models.footing import places
from commonplace.communities.stages import About
from commonplace.communities.way_on import Step, to_say_hello
from commonplace.ledger import clock
from commonplace.ledger.reading import NOW, READER, Place, Reading

LATELY, FEW = timedelta(days=30), 5
SINCE = Place(NOW.name, DateTimeField(), settle=lambda now: now - LATELY)
WHY = "one's own"
TO_READ: tuple[tuple[Promise, tuple[About, ...]], ...] = (
    (_("A question that is open"), (About.WAITING,)),
    (_("A practice to know"), (About.USED, About.AGREED)),
)


@dataclass(frozen=True, slots=True)
class Beginning:
    """`to_read`: what each is, and where; whatever there is of it."""

    community: Community
    hello: Step
    to_read: list[tuple[Promise, AliveRow]]


def _newly() -> Any:
    mine = Membership.objects.filter(person=READER.pk, joined_at__gt=SINCE).current().everywhere(WHY)
    return mine.exclude(Exists(done_by(READER.pk))).select_related("community").order_by("-joined_at")[:FEW]


NEWLY: Reading[Membership] = Reading(_newly)


def beginning(person: Any) -> Beginning | None:
    """Where they came last, of those in which they are new; who began one with others is no newcomer there."""
    come = _come_to(person)
    newly = NEWLY.rows(reader=person) if come else []
    new_in = (one.community for one in newly if one.community_id in come and one.is_newcomer(clock.now()))
    here = next(new_in, None)
    return Beginning(here, to_say_hello(here), list(_to_read(person, here))) if here else None


def _come_to(person: Any) -> set[str]:
    """Where they came lately; whoever serves there knows what to do."""
    since = clock.now() - LATELY
    return {one.pk for one in places(person) if one.joined_at > since and not one.footing.roles}


def _to_read(person: Any, community: Community) -> Iterator[tuple[Promise, AliveRow]]:
    alive = {one.about: one for one in contributed(Alive)}
    for words, abouts in TO_READ:
        rows = (row for about in abouts for row in alive[about].rows(person, community)[:1])
        if row := next(rows, None):
            yield words, row
