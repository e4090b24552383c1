"""A reading is composed once and run for everybody: each that is open to all who call it has its reason here."""

import ast
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.models import OuterRef, Subquery
from django.db.models.sql import Query

from commonplace.communities.models import Community
from commonplace.externalizing.models import Exchange
from commonplace.ledger.reading import READER, Place, Reading
from commonplace.ledger.scope import ScopedManager, ScopedQuery, ScopedQuerySet
from tests.shape.source import Module, modules

IsOpen = Callable[[Reading[Any]], bool]
OPEN = {
    "communities/models/footing.py READABLE": "no more than ids, and the condition in it is what the door asks",
    "communities/models/footing.py WAYS": "of the reader's own rows: how one stands comes before what one may see",
    "communities/models/footing.py WAYS_IN_ONE": "the same, in one community",
}


def using() -> list[Module]:
    return [module for module in modules() if "commonplace.ledger.reading.Reading" in module.imports()]


def readings() -> Iterator[tuple[str, Reading[Any]]]:
    """Each by its module and the name that it has there."""
    for module in using():
        for name, value in vars(import_module(module.dotted)).items():
            if isinstance(value, Reading):
                yield f"{module.name} {name}", value


@pytest.fixture
def is_open(monkeypatch: pytest.MonkeyPatch) -> IsOpen:
    """Is anything in it opened by `everywhere`, or asked for past the door, alone or inside another?"""
    opened: list[str] = []
    compiled: list[Query] = []
    everywhere, get_compiler = ScopedQuerySet.everywhere, Query.get_compiler

    def opening(rows: Any, why: str) -> Any:
        opened.append(why)
        return everywhere(rows, why)

    def compiling(query: Query, *args: Any, **kwargs: Any) -> Any:
        compiled.append(query)
        return get_compiler(query, *args, **kwargs)

    def answer(reading: Reading[Any]) -> bool:
        opened.clear(), compiled.clear()
        reading.compose().query.get_compiler(connection=connection).as_sql()
        return bool(opened) or any(map(_is_past_the_door, compiled))

    monkeypatch.setattr(ScopedQuerySet, "everywhere", opening)
    monkeypatch.setattr(Query, "get_compiler", compiling)
    return answer


def _is_past_the_door(query: Query) -> bool:
    scoped = query.model is not None and isinstance(query.model._default_manager, ScopedManager)
    return scoped and not isinstance(query, ScopedQuery)


@pytest.mark.django_db
def test_each_that_is_open_has_its_reason(is_open: IsOpen) -> None:
    opened = {name for name, reading in readings() if is_open(reading)}
    assert opened - OPEN.keys() == set(), "say here why nobody is asked who reads"
    assert OPEN.keys() - opened == set(), "no longer needed"


def test_none_is_made_where_it_is_not_seen() -> None:
    """Within a function it would be composed again and again, and stand in no list."""
    made = sum(_is_making(node) for module in using() for node in ast.walk(module.tree))
    assert made == len(list(readings())) > len(OPEN)


def _is_making(node: ast.AST) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    called = called.value if isinstance(called, ast.Subscript) else called
    return isinstance(called, ast.Name | ast.Attribute) and ast.unparse(called).split(".")[-1] == "Reading"


def _within(door: Any) -> Any:
    """A subquery that is opened, inside a list that is not."""
    inner = door(Exchange.objects.filter(community=OuterRef("community"))).values("pk")[:1]
    return Exchange.objects.visible_to(READER).annotate(first=Subquery(inner))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("compose", "opens"),
    [
        (lambda: Exchange.objects.filter(pk=Place("pk")).everywhere("test"), True),
        (lambda: Exchange._base_manager.filter(pk=Place("pk")), True),
        (lambda: _within(lambda rows: rows.everywhere("test")), True),
        (lambda: _within(lambda rows: Exchange._base_manager.filter(community=OuterRef("community"))), True),
        (lambda: _within(lambda rows: rows.visible_to(READER)), False),
        (lambda: Exchange.objects.visible_to(READER).filter(pk=Place("pk")), False),
        (lambda: Community.objects.readable_by(READER), False),
    ],
)
def test_what_is_open_is_noticed_however_deep(is_open: IsOpen, compose: Callable[[], Any], opens: bool) -> None:
    assert is_open(Reading(compose)) is opens
