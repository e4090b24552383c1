"""Readings are composed once and run for everybody: each that is open to all who call it has its reason here."""

import ast
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from commonplace.communities.models import Membership
from commonplace.externalizing.models import Exchange
from commonplace.ledger.reading import READER, Place, Reading
from commonplace.ledger.scope import ScopedQuery
from tests.shape.source import modules

OPEN = {
    "communities/models/footing.py WAYS": "how the reader stands comes before what they may see; their own rows only",
    "communities/models/footing.py WAYS_IN_ONE": "the same, of one community",
    "communities/models/footing.py READABLE": "ids alone, of what the reader may read: the condition itself is the door",
    "communities/signed_in.py PERSON": "who signs in has no reader yet; of people everybody may ask",
    "communities/signed_in.py SESSION": "the same; by its secret key",
}


def readings() -> Iterator[tuple[str, Reading[Any]]]:
    """Each in a module, by the name that it has there; made anywhere else it would be composed again and again."""
    for module in modules():
        for name, value in vars(import_module(module.dotted)).items() if "Reading(" in module.text else ():
            if isinstance(value, Reading):
                yield f"{module.name} {name}", value


def is_open(reading: Reading[Any]) -> bool:
    """Does it ask, at any place, for rows that no reader is asked about?"""
    return not all(_asks_who_reads(query) for query in _parts(reading.compose().query))


def _asks_who_reads(query: Any) -> bool:
    return isinstance(query, ScopedQuery) and READER.name in _places(query)
