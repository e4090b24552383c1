"""Who follows what an act is about, and who has muted it."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from commonplace.communities.contributions import contributed
from commonplace.communities.occasions import Because, Thread
from commonplace.corresponding.models import PERSON, TOPIC, Following
from commonplace.ledger.models import Act

FOLLOWS: Mapping[str, Because] = {
    "follows": Because(_("you follow it")),
    "follows_topic": Because(_("you follow the topic “%(about)s”")),
    "follows_person": Because(_("you follow who did it")),
}
BECAUSE = {TOPIC: "follows_topic", PERSON: "follows_person"}


class Follower(NamedTuple):
    person: str
    because: str
    of: str


def who_follows(act: Act, kind: str, thread: str) -> tuple[list[Follower], set[str]]:
    """Who follows the thread, a topic of it or who acted, the thread first; and who has muted any of these."""
    rows = Following.objects.filter(community=act.community, of__in=[thread, *_topics(kind, thread), act.actor])
    marks = list(rows.everywhere("whoever is told or not is asked of their own marks").order_by("pk"))
    followers = [Follower(row.person_id, BECAUSE.get(row.kind, "follows"), row.of) for row in marks if not row.muted]
    return sorted(followers, key=lambda one: one.of != thread), {row.person_id for row in marks if row.muted}


def _topics(kind: str, thread: str) -> list[str]:
    return [topic for one in contributed(Thread) if one.name == kind for topic in one.topics(thread)]
