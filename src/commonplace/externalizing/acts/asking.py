"""T1: an exchange begins."""

from collections.abc import Sequence

from commonplace.communities import policy
from commonplace.communities.models import Community, Person
from commonplace.externalizing.evidence import Opened
from commonplace.externalizing.models import Exchange, Kind, Purpose, Topic
from commonplace.ledger.act import Written, act, nothing


@act("exchange.opened", who=policy.member, evidence=Opened, locks=nothing, brought_by=policy.archivist)
def ask(actor: Person, community: Community, *, exchange: Exchange, topics: Sequence[str] = ()) -> Written[Exchange]:
    """Who: any member. Guard: none, a first question is first-class.
    Effect: an open request, offer, problem or story.
    """
    exchange.community, exchange.opener = community, actor
    exchange.save(force_insert=True)
    rows = _topics(community, topics)
    exchange.topics.set(rows)
    ids = [topic.pk for topic in rows]
    return Written(exchange, Opened(kind=Kind(exchange.kind), purpose=Purpose(exchange.purpose), topic_ids=ids))


def _topics(community: Community, names: Sequence[str]) -> list[Topic]:
    return [community.topics.get_or_create(name=name)[0] for name in names]
