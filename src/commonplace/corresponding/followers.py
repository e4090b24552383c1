"""Who follows what an act is about, and who has muted it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from commonplace.communities.contributions import of_name
from commonplace.communities.occasions import Because, Thread
from commonplace.corresponding.models import PERSON, TOPIC, Following
from commonplace.externalizing.evidence import TopicMerged
from commonplace.ledger.effects import after
from commonplace.ledger.models import Act

FOLLOWS: Mapping[str, Because] = {
    "follows": Because(_("you follow it")),
    "follows_topic": Because(_("you follow the topic “%(about)s”")),
    "follows_person": Because(_("you follow who did it")),
}
WHY = "whoever is told or not is asked of their own marks"
BECAUSE = {TOPIC: "follows_topic", PERSON: "follows_person"}


class Follower(NamedTuple):
    person: str
    because: str
    of: str


def who_follows(act: Act, kind: str, thread: str) -> tuple[list[Follower], set[str]]:
    """Who follows the thread, a topic of it or who acted, the thread first; and who has muted any of these."""
    rows = Following.objects.filter(community=act.community, of__in=[thread, *_topics(kind, thread), act.actor])
    marks = list(rows.everywhere(WHY).order_by("pk"))
    followers = [Follower(row.person_id, BECAUSE.get(row.kind, "follows"), row.of) for row in marks if not row.muted]
    return sorted(followers, key=lambda one: one.of != thread), {row.person_id for row in marks if row.muted}


@after("topic.merged", name="corresponding.topics")
def follow_on(acts: Sequence[Act]) -> None:
    """What somebody said of a topic that was merged they say of the one that is kept, unless they said it of that."""
    for act in acts:
        kept, here = TopicMerged.of(act).into, Following.objects.filter(community=act.community)
        theirs = here.filter(of=kept).everywhere(WHY).values("person")
        here.filter(of=act.object).exclude(person__in=theirs).everywhere(WHY).update(of=kept)
        here.filter(of=act.object).everywhere(WHY).delete()


def _topics(kind: str, thread: str) -> list[str]:
    known = of_name(Thread, kind)
    return list(known.topics(thread)) if known else []
