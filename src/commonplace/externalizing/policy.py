"""Who may exchange: members; and who may say that it helped."""

from typing import Any

from commonplace.communities.policy import facilitator, is_in
from commonplace.externalizing.models import ASKED, Exchange
from commonplace.ledger.rules import Rule, has, names

_asks = has("kind", *ASKED)

author: Rule[Any, Any] = Rule("the author of the text, as a member", is_in & names(lambda words: words.WRITTEN_BY))
opener: Rule[Any, Exchange] = Rule("the member who opened it", is_in & names("opener"))
confirmer: Rule[Any, Exchange] = Rule(
    "the asker (for an offer or a story: a member who took it up)",
    is_in & ((_asks & names("opener")) | (~_asks & ~names("opener"))),
)
closer = opener | facilitator
