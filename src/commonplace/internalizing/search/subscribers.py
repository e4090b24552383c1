"""What was written, changed or taken back is found so soon after: a job follows each act that a source names."""

from collections.abc import Sequence
from functools import partial

from commonplace.communities.contributions import SearchSource, contributed
from commonplace.internalizing.search.index import index_many
from commonplace.ledger.effects import after
from commonplace.ledger.models import Act


def subscribe() -> None:
    """To what every source of the lower layers names."""
    for source in contributed(SearchSource):
        after(*source.verbs, name=f"search.{source.name}")(partial(_index, source))


def _index(source: SearchSource, acts: Sequence[Act]) -> None:
    index_many(source.name, filter(None, map(source.about, acts)))
