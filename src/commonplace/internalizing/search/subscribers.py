"""What was written, changed or taken back can be found so at once: after each act that a source names."""

from collections.abc import Sequence
from functools import partial

from commonplace.communities.contributions import SearchSource, contributed
from commonplace.internalizing.search.index import index_many
from commonplace.ledger.effects import after
from commonplace.ledger.models import Act


def subscribe() -> None:
    """To what every source of the lower layers names."""
    for source in contributed(SearchSource):
        after(*source.verbs, name=f"search.{source.name}", at_once=True)(partial(_index, source.name))


def _index(source: str, acts: Sequence[Act]) -> None:
    index_many(source, (act.subject for act in acts))
