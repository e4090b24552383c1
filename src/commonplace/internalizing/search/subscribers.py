"""What was said, changed or taken back can be found so at once."""

from collections.abc import Sequence

from commonplace.internalizing.search.index import index_many
from commonplace.ledger.effects import after
from commonplace.ledger.models import Act


@after("exchange.opened", "exchange.responded", "exchange.edited", name="search.exchanges", at_once=True)
def index_exchanges(acts: Sequence[Act]) -> None:
    index_many(exchanges=dict.fromkeys(act.subject for act in acts))


@after(
    "practice.distilled",
    "practice.version_added",
    "practice.words_refused",
    "proposal.decided",
    "challenge.raised",
    "challenge.settled",
    name="search.practices",
    at_once=True,
)
def index_practices(acts: Sequence[Act]) -> None:
    index_many(practices=dict.fromkeys(act.subject for act in acts))
