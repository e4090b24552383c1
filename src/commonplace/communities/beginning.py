"""What somebody does first where they have lately come and done nothing yet: say hello, read a question, know a
practice. It goes with the first thing they do there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonplace.communities.alive import Alive, AliveRow
from commonplace.communities.contributions import contributed
from commonplace.communities.levels import contributing
from commonplace.communities.models import Community, Membership
from commonplace.communities.models.footing import places
from commonplace.communities.stages import About
from commonplace.communities.way_on import Step, to_say_hello
from commonplace.ledger import clock
from commonplace.ledger.models import Act
from commonplace.ledger.reading import NOW, READER, Place, Reading

LATELY = timedelta(days=30)
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
    done = Act.objects.filter(actor=READER.pk, community=OuterRef("community"), verb__in=contributing())
    return mine.exclude(Exists(done.everywhere(WHY))).select_related("community").order_by("-joined_at")[:1]


NEWLY: Reading[Membership] = Reading(_newly)


def beginning(person: Any) -> Beginning | None:
    """Where they came last; who began a community with others is no newcomer there."""
    here = NEWLY.first(reader=person) if _has_come(person) else None
    if here is None or not here.is_newcomer(clock.now()):
        return None
    return Beginning(here.community, to_say_hello(here.community), list(_to_read(person, here.community)))


def _has_come(person: Any) -> bool:
    """Whoever serves somewhere knows what to do."""
    since = clock.now() - LATELY
    return any(one.joined_at > since and not one.footing.roles for one in places(person))


def _to_read(person: Any, community: Community) -> Iterator[tuple[Promise, AliveRow]]:
    alive = {one.about: one for one in contributed(Alive)}
    for words, abouts in TO_READ:
        rows = (row for about in abouts for row in alive[about].rows(person, community)[:1])
        if row := next(rows, None):
            yield words, row
