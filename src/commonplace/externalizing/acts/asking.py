"""T1: an exchange begins."""

from collections.abc import Sequence

from commonplace.communities import policy
from commonplace.communities.models import Community, Person
from commonplace.communities.situation import situation
from commonplace.externalizing.evidence import Opened
from commonplace.externalizing.models import Exchange, Topic
from commonplace.ledger.act import Written, act


@act("exchange.opened", who=policy.member, evidence=Opened)
def ask(actor: Person, community: Community, *, exchange: Exchange, topics: Sequence[str] = ()) -> Written[Exchange]:
    """Who: any member. Guard: none, a first question is first-class.
    Effect: an open request, offer, problem or story.
    """
    exchange.community, exchange.opener = community, actor
    exchange.save(force_insert=True)
    exchange.topics.set(_topics(community, topics))
    return Written(exchange, Opened(exchange.kind, exchange.purpose, list(topics), **situation(actor, community)))


def _topics(community: Community, names: Sequence[str]) -> list[Topic]:
    return [community.topics.get_or_create(name=name)[0] for name in names]
