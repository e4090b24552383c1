"""The two engines behind the one interface."""

from commonplace.internalizing.search.engines.choice import Engine, engine
from commonplace.internalizing.search.engines.entry import Entry

__all__ = ["Engine", "Entry", "engine"]
