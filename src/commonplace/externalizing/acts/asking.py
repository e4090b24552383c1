"""T1: an exchange begins."""

from collections.abc import Sequence

from commonplace.communities import policy
from commonplace.communities.models import Community, Person
from commonplace.communities.texts import MARKDOWN
from commonplace.externalizing.acts.naming import by_name, must_be_a_few
from commonplace.externalizing.acts.saying import must_have_a_title, must_say_something
from commonplace.externalizing.evidence import Opened, TopicNamed
from commonplace.externalizing.models import Exchange, Kind, Purpose
from commonplace.ledger import clock
from commonplace.ledger.act import Also, Written, act, nothing


def _says_something(actor: Person, community: Community, *, exchange: Exchange, topics: Sequence[str] = ()) -> None:
    must_have_a_title(exchange.title)
    must_say_something(exchange.body)
    must_be_a_few(topics)


@act(
    "exchange.opened",
    who=policy.member,
    evidence=Opened,
    guard=_says_something,
    locks=nothing,
    brought_by=policy.archivist,
)
def ask(actor: Person, community: Community, *, exchange: Exchange, topics: Sequence[str] = ()) -> Written[Exchange]:
    """Who: any member. Guard: a title and a text, however unfinished; a few topics.
    Effect: an open request, offer, problem or story.
    """
    exchange.community, exchange.opener, exchange.opened_at = community, actor, clock.now()
    exchange.body_format = MARKDOWN
    exchange.save(force_insert=True)
    aliases, new = by_name(community, topics)
    exchange.filed_under.set(aliases)
    ids = sorted({alias.topic_id for alias in aliases})
    evidence = Opened(kind=Kind(exchange.kind), purpose=Purpose(exchange.purpose), topic_ids=ids)
    return Written(exchange, evidence, also=[Also("topic.named", topic, TopicNamed()) for topic in new])
