"""A reading is composed once and run for everybody: each that is open to all who call it has its reason here."""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.models import OuterRef, Subquery
from django.db.models.sql import Query

from commonplace.communities import listing
from commonplace.communities.contributions import SearchSource, contributed
from commonplace.communities.models import Community
from commonplace.communities.paging import Listing
from commonplace.externalizing.models import Exchange
from commonplace.externalizing.thread import _near
from commonplace.internalizing.search import hits
from commonplace.ledger.reading import READER, Place, Reading
from commonplace.ledger.scope import ScopedManager, ScopedQuery, ScopedQuerySet
from tests.shape.source import Module, modules

IsOpen = Callable[[Reading[Any]], bool]
NEWEST = "where the newest begin, which is a moment; the pieces themselves are asked for by who reads"
CARED_FOR = "whether its steward can still care for it, of practices that the door let through"
FOOTED = "its condition is the reader's footing where it belongs, as `visible_to` has it"
HANGS = "what hangs on an exchange or a practice that was asked for by who reads"
FOLLOWED = "the reader's own notices, whether they belong there; the name of a topic that they follow"
OPEN = {
    "communities/beginning.py NEWLY": "the reader's own membership, and whether they have done anything there",
    "communities/first_hour.py ROW": "no more than how much there is, of a community that the reader tends",
    "communities/first_hour.py TENDED": "the same, of communities that the reader tends",
    "communities/front.py PEOPLE": "of the reader's own membership, with how many its members are",
    "communities/listing.py _first": "fellow members by who reads; what they say of themselves hangs on these",
    "communities/needs.py ON_ROLES": "the reader's own removal, and who said no to a role where the reader tends",
    "objectifying/contributions/batches.py CAME_IN": "whether the reader has said already what they know of it",
    "objectifying/contributions/search.py MADE_OF": "no more than ids, of hits that are each asked who may read them",
    "communities/models/footing.py READABLE": "no more than ids, and the condition in it is what the door asks",
    "communities/models/footing.py WAYS": "of the reader's own rows: how one stands comes before what one may see",
    "communities/models/footing.py WAYS_IN_ONE": "the same, in one community",
    "communities/speaking.py FIRST_TWO": "no more than whether there are two, of a community that the door let through",
    "consenting/contents.py LIST": FOOTED,
    "consenting/contents.py ONE": FOOTED,
    "consenting/contents.py OPEN": "rounds are asked for by who reads; of these, what makes it the reader's turn",
    "consenting/contents.py ENDS": "how many, on a page whose door asks",
    "consenting/contributions/makers.py ANSWERED": "when the reader's own question was answered",
    "consenting/contributions/makers.py ASKED": "whether the reader makes the text, and whether somebody has answered",
    "consenting/contributions/needs.py WAITING": "the same: what is said to meet the reader's own objection",
    "externalizing/contributions/needs.py WAITING": "whether a newcomer asked, of exchanges that the door let through",
    "corresponding/not_now.py MARKS": FOLLOWED,
    "externalizing/contributions/alive.py TOPICS": "names of topics that the door let through",
    "externalizing/contributions/alive.py WAITING": "whether a newcomer asked, of exchanges that the door let through",
    "externalizing/contributions/news.py OPENED": NEWEST,
    "externalizing/links.py POINTED_AT": HANGS,
    "externalizing/links.py POINTING": HANGS,
    "externalizing/counts.py COUNTS": "how many, on a page whose door asks",
    "externalizing/outcome.py HELPED": HANGS,
    "externalizing/outcome.py TAKEN_UP": HANGS,
    "externalizing/said.py ANSWERS": "what hangs on exchanges that a list asked for by who reads",
    "externalizing/thread.py ANSWERED": HANGS,
    "externalizing/thread.py ON_ANSWER": HANGS,
    "externalizing/thread.py ON_WHOLE": HANGS,
    "externalizing/thread.py _near": HANGS,
    "externalizing/views/exchanges.py EXCHANGE": "only its topics, which hang on what the door let through",
    "externalizing/views/exchanges.py LISTINGS": "the same, of a list",
    "externalizing/whom.py OTHERS": "fellow members, of whoever was asked before whether they are one",
    "internalizing/contributions/news.py REPORTED": NEWEST,
    "internalizing/search/hits.py _reading": "by ids that the index gave; each row is asked whether it may be read",
    "measuring/contributions.py OPENINGS": NEWEST,
    "measuring/cycle/ended.py NEWEST": "a day, on a page whose door asks",
    "corresponding/centre.py IN_A_LETTER": FOLLOWED,
    "corresponding/centre.py PUT_AWAY": FOLLOWED,
    "corresponding/centre.py UNREAD": FOLLOWED,
    "corresponding/threads.py SEEN": "titles by each one's own door, with counts of what the reader may read",
    "corresponding/unread.py MARKS": FOLLOWED,
    "corresponding/feeds/entries.py LATEST": FOLLOWED,
    "consenting/contributions/dates.py CLOSING": "whether the reader is asked in it",
    "objectifying/contributions/dates.py TO_REVIEW": "a day, of practices that the door let through",
    "corresponding/concerned.py TOLD": "no more than ids, of whom a job may tell something",
    "corresponding/gathering.py WAITING": "no more than ids, of whom a job has told something already",
    "corresponding/reminding.py TOLD_BEFORE": "no more than ids, of whom a job has told something already",
    "measuring/cycle/so_far.py COUNTS": "how many, on a page whose door asks",
    "measuring/cycle/stocks.py RING": "the same as COUNTS, of the few that the ring has",
    "measuring/cycle/stocks.py COUNTS": "how many, on a page whose door asks; what is listed is asked for by who reads",
    "objectifying/biography.py STORY": "the acts on what the caller holds: a practice, and where it comes from",
    "objectifying/family.py TAKEN_OVER": "no more than ids, and of these the reader's own are read",
    "objectifying/reach.py EVERYBODY": "no more than how many they are, for whoever reads the practice",
    "objectifying/reach.py PUT": "of the version that a round is on, asked for who reads the round",
    "objectifying/contents.py CHALLENGES": HANGS,
    "objectifying/contents.py CREDITS": HANGS,
    "objectifying/contents.py IN_A_ROUND": CARED_FOR,
    "objectifying/contents.py LISTS": CARED_FOR,
    "objectifying/contents.py MOST_USED": "the same, and how often each was reported on",
    "objectifying/contents.py NUMBERED": HANGS,
    "objectifying/contents.py PRACTICE": FOOTED,
    "objectifying/contents.py ROUNDS": HANGS,
    "objectifying/contents.py SOURCES": HANGS,
    "objectifying/contents.py VERSIONS": HANGS,
    "objectifying/contributions/alive.py UNTENDED": CARED_FOR,
    "objectifying/glances.py GLANCES": "the text and the reports of practices that the door let through",
    "objectifying/how_many.py COUNTS": "how many, of a community that the door let through",
    "objectifying/contributions/needs.py UNTENDED": "what the reader wrote, and whether its steward can care for it",
    "objectifying/contributions/needs.py WAITING": "the reader's own part: whom practices credit, what answers them",
    "objectifying/contributions/news.py MOVED": NEWEST,
}
# Made in a function, once for each of what it is called with; none where each has a name besides.
MADE: dict[str, Callable[[], Iterable[Reading[Any]]]] = {
    "communities/listing.py _first": lambda: [listing._first(2, True, 3)],
    "communities/mentioning.py choosing": list,
    "communities/paging.py __init__": list,
    "externalizing/thread.py _near": lambda: [_near(1, True)],
    "internalizing/search/hits.py _reading": lambda: [hits._reading(one.name) for one in contributed(SearchSource)],
}


def using() -> list[Module]:
    return [module for module in modules() if "commonplace.ledger.reading.Reading" in module.imports()]


def readings() -> Iterator[tuple[str, Reading[Any]]]:
    """Each by its module and the name that it has there."""
    for module in using():
        for name, value in vars(import_module(module.dotted)).items():
            yield from ((f"{module.name} {name}", one) for one in _within_value(value))
    yield from ((name, one) for name, made in MADE.items() for one in made())


def _within_value(value: Any) -> Iterator[Reading[Any]]:
    """A reading; those of a list in pages; those of either that stand in a table."""
    value = value.ways if isinstance(value, Listing) else value
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _within_value(one)
    elif isinstance(value, Reading):
        yield value


@pytest.fixture
def is_open(monkeypatch: pytest.MonkeyPatch) -> IsOpen:
    """Is it asked for past the door, or anything in it opened by `everywhere`?

    What a model's own condition asks for past the door, deep inside, is for `test_doors.py`.
    """
    opened: list[str] = []
    everywhere = ScopedQuerySet.everywhere

    def opening(rows: Any, why: str) -> Any:
        opened.append(why)
        return everywhere(rows, why)

    def answer(reading: Reading[Any]) -> bool:
        opened.clear()
        query = reading.compose().query
        query.get_compiler(connection=connection).as_sql()
        return bool(opened) or any(map(_is_past_the_door, query.combined_queries or (query,)))

    monkeypatch.setattr(ScopedQuerySet, "everywhere", opening)
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
    making = {
        f"{module.name} {function.name}"
        for module in using()
        for function in module.functions()
        if any(map(_is_making, ast.walk(function)))
    }
    assert making == MADE.keys()
    assert OPEN.keys() < {name for name, _ in readings()}


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
        (lambda: _within(lambda rows: rows.visible_to(READER)), False),
        (lambda: Exchange.objects.visible_to(READER).filter(pk=Place("pk")), False),
        (lambda: Community.objects.readable_by(READER), False),
    ],
)
def test_what_is_open_is_noticed_however_deep(is_open: IsOpen, compose: Callable[[], Any], opens: bool) -> None:
    assert is_open(Reading(compose)) is opens
