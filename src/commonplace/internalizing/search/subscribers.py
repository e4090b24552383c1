"""What was written, changed or taken back can be found so at once: after each act that a source names."""

from collections.abc import Callable

from commonplace.communities.contributions import SearchSource, contributed
from commonplace.internalizing.search.index import index_many
from commonplace.ledger.effects import after
from commonplace.ledger.models import Act


def subscribe() -> None:
    """For every source that the lower layers brought."""
    for source in contributed(SearchSource):
        after(*source.verbs)(_indexing(source))


def _indexing(source: SearchSource) -> Callable[[Act], None]:
    def index(act: Act) -> None:
        index_many(source.name, [act.subject])

    index.__qualname__ = f"index {source.name}"
    return index
