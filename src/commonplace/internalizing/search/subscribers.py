"""What was said, changed or taken back can be found so at once."""

from commonplace.internalizing.search.index import index_many
from commonplace.ledger.effects import after
from commonplace.ledger.models import Act


@after("exchange.opened", "exchange.responded", "exchange.edited")
def index_exchange(act: Act) -> None:
    index_many(exchanges=[act.subject])


@after(
    "practice.distilled",
    "practice.version_added",
    "practice.words_refused",
    "proposal.decided",
    "challenge.raised",
    "challenge.settled",
)
def index_practice(act: Act) -> None:
    index_many(practices=[act.subject])
