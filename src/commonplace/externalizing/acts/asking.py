"""T1: an exchange begins."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities import mentioning, policy
from commonplace.communities.models import Community, Person
from commonplace.communities.texts import MARKDOWN
from commonplace.externalizing.acts.naming import by_name, must_be_a_few
from commonplace.externalizing.acts.saying import must_have_a_title, must_say_something
from commonplace.externalizing.evidence import Opened, TopicNamed
from commonplace.externalizing.models import Exchange, Kind, Purpose
from commonplace.files.holding import hold
from commonplace.ledger import clock
from commonplace.ledger.act import Also, Written, act
from commonplace.ledger.haste import must_not_be_twice

TYPED = ("kind", "purpose", "title", "body")


def _says_something(actor: Person, community: Community, *, exchange: Exchange, topics: Sequence[str] = ()) -> None:
    must_have_a_title(exchange.title)
    must_say_something(exchange.body)
    must_be_a_few(topics)
    _must_not_be_asked_twice(actor, community, exchange, topics)


def _must_not_be_asked_twice(actor: Person, community: Community, exchange: Exchange, topics: Sequence[str]) -> None:
    same = {name: getattr(exchange, name) for name in TYPED}
    before = Exchange.objects.filter(opener=actor, community=community, **same).filed_exactly_under(topics)
    must_not_be_twice(_("You have just opened this exchange: it is in the list."), before, "opened_at")


def _oneself(actor: Person, community: Community, **_opened: Any) -> tuple[Person]:
    """Of two at once by the same person, one waits for the other; nobody else does."""
    return (actor,)


@act(
    "exchange.opened",
    who=policy.member,
    evidence=Opened,
    guard=_says_something,
    locks=_oneself,
    brought_by=policy.archivist,
)
def ask(actor: Person, community: Community, *, exchange: Exchange, topics: Sequence[str] = ()) -> Written[Exchange]:
    """Who: any member. Guard: a title and a text, however unfinished; a few topics; not the same twice.
    Effect: a request or problem that is open, an offer or story that is shared; members whom it names by @ are told,
    files are opened to readers.
    """
    exchange.community, exchange.opener, exchange.opened_at = community, actor, clock.now()
    exchange.body_format = MARKDOWN
    mentions = mentioning.mark(exchange, community, by=actor)
    exchange.save(force_insert=True)
    hold(exchange, community, actor, [exchange.body])
    aliases, new = by_name(community, topics)
    exchange.filed_under.set(aliases)
    ids = sorted({alias.topic_id for alias in aliases})
    kind, purpose = Kind(exchange.kind), Purpose(exchange.purpose)
    evidence = Opened(kind=kind, purpose=purpose, topic_ids=ids, mentions=mentions)
    return Written(exchange, evidence, also=[Also("topic.named", topic, TopicNamed()) for topic in new])
