"""Who reads is said at one door (`ledger/scope.py`). What passes beside it outside models has its reason here."""

import re
from typing import Any

import pytest
from django.apps import apps

from commonplace.communities.models import Charter, Community, Invitation, JoinRequest, Membership, Role
from commonplace.ledger.scope import ScopedManager, ScopedOneToOneField
from tests.shape.source import modules

BESIDE = re.compile(
    r"\b(_?(?:base|default)_manager|_raw_delete|get_queryset|RawSQL|RawQuerySet|_?in_scope)\b"
    r"|\.(?:(raw|extra|cursor|from_db)\(|(through)\b)|\b((?:sql\.)?Query|(?:models\.)?QuerySet|Collector)\("
    r"|[\"'](?:\w+__)?(\+)__"
)
OF_A_COMMUNITY = {Charter, Invitation, JoinRequest, Membership, Role}
WITHIN = re.compile(r"^ledger/|(^|/)models(/|\.py$)")
NAMED = {
    ("archiving/backing_up/postgresql.py", "cursor"): "makes and drops the database that a backup is tried out in",
    ("archiving/importing/topics.py", "through"): "files what came from an archive, all of one batch at once",
    ("consenting/matter.py", "_base_manager"): "the row that a round is on: who reads the round reads it",
    ("corresponding/inserting.py", "cursor"): "writes notices that differ only in whom they are for in one statement",
    ("demo/play.py", "cursor"): "tells SQLite not to wait for the disk meanwhile",
    ("files/pen.py", "cursor"): "locks the store while bytes are put there or taken away",
    ("internalizing/search/engines/choice.py", "cursor"): "asks the index, among communities that the reader may read",
    ("internalizing/search/engines/postgresql.py", "cursor"): "locks the index, limits how long a search takes",
    ("web/doctor.py", "cursor"): "asks the server for its version and size",
}


def beside(text: str) -> set[str]:
    return {next(filter(None, match.groups())) for match in BESIDE.finditer(text)}


def test_nothing_passes_beside_the_door() -> None:
    passing = {(m.name, name) for m in modules() if not WITHIN.search(m.name) for name in beside(m.text)}
    assert passing - set(NAMED) == set()
    assert set(NAMED) - passing == set(), "no longer needed"


@pytest.mark.parametrize(
    "line",
    [
        'Exchange.objects.raw("SELECT 1")',
        "rows._raw_delete(using)",
        "Response.exchange.get_queryset()",
        "Exchange._meta.base_manager.all()",
        "Exchange._base_manager.all()",
        'getattr(model, "_default_manager").all()',
        "with connections[using].cursor() as cursor: ...",
        'rows.extra(where=["1"])',
        'rows.annotate(n=RawSQL("1", []))',
        'RawQuerySet("SELECT 1", model=Exchange)',
        "rows.query.in_scope = True",
        "rows._in_scope()",
        'Exchange.filed_under.through.objects.values("exchange__title")',
        'Person.objects.values("+__community__title")',
        "sql.Query(Exchange).get_compiler(using)",
        "QuerySet(Exchange).values()",
        'Collector("default").collect([community])',
        'Exchange.from_db("default", ["id"], [pk]).title',
    ],
)
def test_what_passes_beside_it_is_seen(line: str) -> None:
    assert beside(line)


def test_no_name_leads_from_outside_into_communities() -> None:
    """From a row that everybody reads, a person's or a library's, no path goes on to rows that have readers."""
    outside = [model for model in apps.get_models() if not isinstance(model._default_manager, ScopedManager)]
    ways = {f"{model._meta.label}.{way.name}" for model in outside for way in model._meta.get_fields() if _leads(way)}
    assert ways == set()


def test_no_name_leads_from_a_community_into_what_it_has() -> None:
    """It may be listed for whoever may not read it. Its own charters and members are read by how one stands to it."""
    ways = [way.name for way in Community._meta.get_fields() if _leads(way) and way.related_model not in OF_A_COMMUNITY]
    assert ways == []


def test_the_other_end_of_a_one_to_one_is_a_door_too() -> None:
    fields = [way for model in apps.get_models() for way in model._meta.get_fields() if way.one_to_one and _leads(way)]
    assert [str(way) for way in fields if way.concrete and not isinstance(way, ScopedOneToOneField)] == []


def _leads(way: Any) -> bool:
    return way.related_model is not None and isinstance(way.related_model._default_manager, ScopedManager)


def test_ordinary_queries_are_not() -> None:
    assert not beside('Exchange.objects.visible_to(person).filter(raw="x"); cursor.execute(); rows.query')
