"""Gathering: finding what the community knows already."""

from commonplace.internalizing.search.find import search
from commonplace.internalizing.search.index import index_many, reindex
from commonplace.internalizing.search.results import Hit, Results

__all__ = ["Hit", "Results", "index_many", "reindex", "search"]
