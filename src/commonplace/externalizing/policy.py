"""Who may exchange: members; and who may say that it helped."""

from typing import Any

from commonplace.communities.policy import facilitator, is_member
from commonplace.externalizing.models import Exchange
from commonplace.ledger.rules import Rule


def _confirms(person: Any, exchange: Exchange) -> bool:
    if not is_member(person, exchange.community):
        return False
    return bool(person.pk == exchange.opener_id) == exchange.confirmer_is_the_opener()


author = Rule(
    "the author of the text, as a member",
    lambda person, words: person.pk == words.author_id and is_member(person, words.community),
)
opener = Rule("the member who opened it", lambda person, exchange: author.allows(person, exchange))
confirmer = Rule("the asker (for an offer or a story: a member who took it up)", _confirms)
closer = opener | facilitator
