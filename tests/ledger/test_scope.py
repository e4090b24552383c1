"""Nothing is read or changed without saying who reads: the door is where a query is compiled, whatever follows."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from asgiref.sync import async_to_sync
from django import forms
from django.core.exceptions import FieldError, ValidationError
from django.core.paginator import Paginator
from django.db import router, transaction
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    Max,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Sum,
    Value,
    When,
    Window,
    prefetch_related_objects,
)
from django.db.models.deletion import Collector
from django.db.models.functions import RowNumber
from django.shortcuts import get_list_or_404, get_object_or_404

from commonplace.communities.models import Community, Invitation, Person, SignInLink, Unit, Visibility
from commonplace.externalizing.models import Closing, Exchange, ExchangeQuerySet, Response, Topic, TopicAlias
from commonplace.ledger.act import writing
from commonplace.ledger.errors import UnscopedQuery
from commonplace.ledger.scope import everywhere
from tests.story import Story

pytestmark = pytest.mark.breaks_ledger  # Rows are changed past the acts.

Rows = Any
Way = Callable[[Rows], Any]


def marked(rows: Rows) -> Rows:
    return rows.everywhere("test")


def responses() -> Rows:
    return marked(Response.objects.all())


def held() -> Exchange:
    """The exchange of the story, in hand."""
    return marked(Exchange.objects.all()).get(title="Pump 4 has lost prime")


def another() -> Rows:
    return marked(Exchange.objects.filter(title="Another"))


def filed(exchange: Exchange) -> Any:
    """Itself, as what hangs on a topic's name."""
    return exchange.filed_under.get().exchanges


def _formed(rows: Rows) -> Any:
    return forms.ModelChoiceField(queryset=rows).clean(held().pk)


def _hinted(rows: Rows) -> Any:
    rows._add_hints(instance=held())
    return list(rows)


def _fetched_forward(rows: Rows) -> Any:
    prefetch_related_objects(list(responses()), Prefetch("exchange", queryset=rows))


def _fetched_through(rows: Rows) -> Any:
    prefetch_related_objects(list(marked(TopicAlias.objects.all())), Prefetch("exchanges", queryset=rows))


def _collected(rows: Rows) -> Any:
    Collector(using=router.db_for_write(Exchange)).collect(rows)


def _replaced(rows: Rows) -> Any:
    row = held()
    rows.bulk_create([row], update_conflicts=True, unique_fields=["id"], update_fields=["title"])


READING: dict[str, Way] = {
    "list": list,
    "bool": bool,
    "len": len,
    "in": lambda rows: held() in rows,
    "repr": repr,
    "index": lambda rows: rows[0],
    "slice": lambda rows: list(rows[:2]),
    "step": lambda rows: rows[:4:2],
    "iterator": lambda rows: list(rows.iterator()),
    "all": lambda rows: list(rows.all().filter(kind="request")),
    "get": lambda rows: rows.get(pk=held().pk),
    "first": lambda rows: rows.first(),
    "last": lambda rows: rows.last(),
    "earliest": lambda rows: rows.earliest("opened_at"),
    "latest": lambda rows: rows.latest("opened_at"),
    "count": lambda rows: rows.count(),
    "count of a slice": lambda rows: rows[:2].count(),
    "count of distinct": lambda rows: rows.distinct().count(),
    "exists": lambda rows: rows.exists(),
    "contains": lambda rows: rows.contains(held()),
    "in_bulk": lambda rows: rows.in_bulk(),
    "in_bulk by id": lambda rows: rows.in_bulk([held().pk]),
    "aggregate": lambda rows: rows.aggregate(Max("opened_at")),
    "aggregate over a subquery": lambda rows: rows.annotate(n=Count("responses")).aggregate(Sum("n")),
    "values": lambda rows: list(rows.values("title")),
    "values_list": lambda rows: list(rows.values_list("title", flat=True)),
    "named values": lambda rows: list(rows.values_list("title", named=True)),
    "dates": lambda rows: list(rows.dates("opened_at", "month")),
    "datetimes": lambda rows: list(rows.datetimes("opened_at", "hour")),
    "exclude over a relation": lambda rows: list(rows.exclude(responses__body="")),
    "exclude from a closing": lambda rows: list(rows.exclude(Q(responses__author__name="Omar") & Q(kind="offer"))),
    "select_related": lambda rows: list(rows.select_related("community")),
    "prefetch_related": lambda rows: list(rows.prefetch_related("responses")),
    "window": lambda rows: list(rows.annotate(n=Window(RowNumber())).filter(n=1)),
    "explain": lambda rows: rows.explain(),
    "the statement": lambda rows: str(rows.query),
    "raw compiler": lambda rows: rows.query.get_compiler("default").execute_sql(),
    "async": lambda rows: async_to_sync(_first)(rows),
    "pickle": lambda rows: pickle.dumps(rows),
    "copy": lambda rows: list(copy.deepcopy(rows)),
    "get_or_create": lambda rows: rows.get_or_create(pk=held().pk),
    "get_object_or_404": lambda rows: get_object_or_404(rows, pk=held().pk),
    "get_list_or_404": lambda rows: get_list_or_404(rows),
    "page": lambda rows: list(Paginator(rows.order_by("pk"), 10).page(1)),
    "form": _formed,
    "hint": _hinted,
    "prefetched forward": _fetched_forward,
    "prefetched through": _fetched_through,
    "refresh_from_db": lambda rows: held().refresh_from_db(from_queryset=rows),
    "lock": lambda rows: list(rows.select_for_update(of=("self",))),
    "in a filter": lambda rows: list(responses().filter(exchange__in=rows)),
    "in a filter by id": lambda rows: list(responses().filter(exchange__in=rows.values("pk"))),
    "in a filter of people": lambda rows: list(Person.objects.filter(pk__in=rows.values("opener"))),
    "in an exclusion": lambda rows: list(responses().exclude(exchange__in=rows)),
    "equal to one": lambda rows: list(responses().filter(exchange=rows.values("pk")[:1])),
    "Exists": lambda rows: list(responses().filter(Exists(rows.filter(pk=OuterRef("exchange"))))),
    "not Exists": lambda rows: responses().filter(~Exists(rows.filter(pk=OuterRef("exchange")))).count(),
    "Exists in a case": lambda rows: list(responses().annotate(n=Case(When(Exists(rows), then=Value(1))))),
    "Subquery": lambda rows: list(responses().annotate(title=Subquery(rows.values("title")[:1]))),
    "order by": lambda rows: list(responses().order_by(Subquery(rows.values("title")[:1]))),
    "aggregate of a Subquery": lambda rows: responses().annotate(n=Subquery(rows.values("pk")[:1])).aggregate(Max("n")),
    "subquery in a subquery": lambda rows: list(responses().filter(exchange__in=another().filter(pk__in=rows))),
    "related manager by subquery": lambda rows: list(held().responses.filter(exchange__in=rows)),
    "or": lambda rows: list(another() | rows),
    "or, the other way round": lambda rows: list(rows | another()),
    "or after a slice": lambda rows: list(another()[:1] | rows),
    "or with a slice": lambda rows: list(another() | rows[:1]),
    "and": lambda rows: list(another() & rows),
    "xor": lambda rows: list(another() ^ rows),
    "xor after a slice": lambda rows: list(another()[:1] ^ rows),
    "union": lambda rows: list(another().union(rows)),
    "union, the other way round": lambda rows: list(rows.union(another())),
    "union of ids": lambda rows: list(another().values("pk").union(rows.values("pk"), all=True)),
    "count of a union": lambda rows: another().union(rows).count(),
    "existence of a union": lambda rows: another().union(rows).exists(),
    "in a filter by union": lambda rows: list(responses().filter(exchange__in=another().union(rows).values("pk"))),
    "intersection": lambda rows: list(another().intersection(rows)),
    "difference": lambda rows: list(another().difference(rows)),
    "union with what hangs on a row": lambda rows: list(filed(held()).union(rows)),
}

WRITING: dict[str, Way] = {
    "update": lambda rows: rows.update(title="Changed"),
    "update over a relation": lambda rows: rows.filter(responses__author__name="Omar").update(title="Changed"),
    "update of values": lambda rows: rows.values("title").update(title="Changed"),
    "update by an annotation": lambda rows: rows.annotate(n=F("kind")).update(title=F("n")),
    "update from a subquery": lambda rows: responses().update(body=Subquery(rows.values("title")[:1])),
    "update where a subquery": lambda rows: responses().filter(exchange__in=rows).update(body="Changed"),
    "bulk_update": lambda rows: rows.bulk_update([held()], ["title"]),
    "update_or_create": lambda rows: rows.update_or_create(pk=held().pk, defaults={"title": "Changed"}),
    "replace on conflict": _replaced,
    "_update": lambda rows: rows._update([(Exchange._meta.get_field("title"), None, "Changed")]),
    "delete": lambda rows: rows.filter(title="Another").delete(),
    "delete with what hangs on it": lambda rows: rows.delete(),
    "delete where a subquery": lambda rows: responses().filter(exchange__in=rows).delete(),
    "_raw_delete": lambda rows: responses().filter(exchange__in=rows)._raw_delete("default"),
    "collect": _collected,
}


async def _first(rows: Rows) -> Any:
    return await rows.afirst()


@pytest.fixture
def exchange(story: Story) -> Exchange:
    lea = story.member("Lea")
    exchange = story.ask(lea)
    story.ask(lea, title="Another", topics=[])
    story.respond(story.member("Omar"), exchange)
    return held()


@pytest.mark.parametrize("way", READING.values(), ids=READING)
def test_who_reads_must_be_said(exchange: Exchange, way: Way) -> None:
    with pytest.raises(UnscopedQuery, match="say who reads"):
        way(Exchange.objects.order_by())
    way(marked(Exchange.objects.order_by()))


def test_a_queryset_made_by_hand_has_no_reader_either(exchange: Exchange) -> None:
    with pytest.raises(UnscopedQuery, match="say who reads"):
        list(ExchangeQuerySet(Exchange))


@pytest.mark.parametrize("way", WRITING.values(), ids=WRITING)
def test_who_changes_must_be_said(exchange: Exchange, way: Way) -> None:
    with writing():
        with pytest.raises(UnscopedQuery, match="say who reads"), transaction.atomic():
            way(Exchange.objects.all())
        assert marked(Exchange.objects.filter(title="Changed")).count() == 0
        way(marked(Exchange.objects.all()))


PAST_A_PERSON: dict[str, Way] = {
    "values": lambda people: people.values("memberships__community__exchanges__title"),
    "values_list": lambda people: people.values_list("roles__community__title"),
    "filter": lambda people: people.filter(memberships__left_at=None),
    "exclude": lambda people: people.exclude(join_requests__answered_at=None),
    "annotate": lambda people: people.annotate(n=Count("memberships")),
    "F": lambda people: people.annotate(title=F("memberships__community__title")),
    "aggregate": lambda people: people.aggregate(Max("memberships__joined_at")),
    "order_by": lambda people: list(people.order_by("memberships__joined_at")),
    "FilteredRelation": lambda people: list(people.annotate(r=FilteredRelation("roles")).filter(r__kind="sponsor")),
    "select_related": lambda people: list(people.select_related("memberships")),
    "prefetch_related": lambda people: list(people.prefetch_related("memberships__community__exchanges")),
    "update": lambda people: people.filter(memberships__community__slug="pump-crews").update(name="Changed"),
    "row in hand": lambda people: people.first().memberships,
    "row in a visible row": lambda people: held().opener.roles,
    "from a unit": lambda people: Unit.objects.values("people__memberships__community__title"),
    "from a session": lambda people: UserSession.objects.values("user__memberships__community__title"),
    "from a link": lambda people: SignInLink.objects.filter(person__roles__kind="facilitator"),
    "from a visible row": lambda people: marked(Exchange.objects.values("opener__memberships__community__title")),
}


@pytest.mark.parametrize("way", PAST_A_PERSON.values(), ids=PAST_A_PERSON)
def test_no_way_leads_past_a_person_into_communities(exchange: Exchange, way: Way) -> None:
    with writing(), pytest.raises((FieldError, AttributeError)):
        way(Person.objects.all())


NEVER_READ: dict[str, Callable[[Exchange], Any]] = {
    "list": lambda one: list(one.responses.all()),
    "count": lambda one: one.responses.count(),
    "another manager": lambda one: one.responses(manager="objects").exists(),
    "many to many": lambda one: list(one.filed_under.all()),
    "many to many, from there": lambda one: list(TopicAlias(pk=one.filed_under.get().pk).exchanges.all()),
    "one to one": lambda one: one.closing,
    "of a community": lambda one: list(Community(pk=held().community_id).memberships.all()),
    "of one in hand": lambda one: list(Response(exchange=one).exchange.responses.all()),
    "in a subquery": lambda one: list(responses().filter(pk__in=one.responses.all())),
    "prefetched": lambda one: prefetch_related_objects([one], "responses"),
    "prefetched one to one": lambda one: prefetch_related_objects([one], "closing"),
    "one to one among others": lambda one: prefetch_related_objects([held(), one], "closing"),
    "update": lambda one: one.responses.update(body="Changed"),
    "delete": lambda one: one.responses.all().delete(),
    "read again in vain": lambda one: [one.refresh_from_db(), list(one.responses.all())],
}


@pytest.mark.parametrize("way", NEVER_READ.values(), ids=NEVER_READ)
def test_nothing_hangs_on_a_row_that_nobody_read(exchange: Exchange, way: Callable[[Exchange], Any]) -> None:
    with writing(), pytest.raises(UnscopedQuery):
        way(Exchange(pk=exchange.pk))


def test_what_hangs_on_a_row_just_stored_is_open(exchange: Exchange) -> None:
    fields = {"community": exchange.community, "opener": exchange.opener, "title": "New", "kind": "request"}
    with writing():
        one, other = Exchange(**fields), Exchange(**fields)
        one.save(force_insert=True)
        Exchange.objects.bulk_create([other])
        for row in (one, other, Exchange.objects.create(**fields)):
            assert (row.responses.count(), hasattr(row, "closing"), list(row.filed_under.all())) == (0, False, [])


def _deferred(exchange: Exchange) -> str:
    return marked(Exchange.objects.only("pk")).get(pk=exchange.pk).title


def _prefetched(exchange: Exchange) -> list[str]:
    rows = marked(
        Exchange.objects.prefetch_related("filed_under", "responses__author", "responses__exchange", "closing")
    )
    row = rows.get(pk=exchange.pk)
    return [row.filed_under.all()[0].name, row.responses.all()[0].author.name, row.responses.all()[0].exchange.title]


def _topics(exchange: Exchange) -> int:
    alias = exchange.filed_under.get()
    exchange.filed_under.add(alias)
    exchange.filed_under.set([*exchange.filed_under.all(), alias])
    exchange.filed_under.remove(alias)
    exchange.filed_under.clear()
    return alias.exchanges.filter(pk=exchange.pk).count()


HANGING: dict[str, tuple[Callable[[Exchange], Any], Any]] = {
    "related rows": (lambda one: one.responses.filter(kind="answer").count(), 1),
    "related rows that exclude": (lambda one: filed(one).exclude(responses__body="").count(), 1),
    "related rows of a kind": (lambda one: one.responses(manager="objects").exists(), True),
    "either of two": (lambda one: (one.responses.filter(kind="answer") | one.responses.all()).count(), 1),
    "union of two": (lambda one: one.responses.all().union(one.responses.all()).count(), 1),
    "within another": (lambda one: filed(one).filter(responses__in=one.responses.all()).get(), held),
    "a condition": (lambda one: filed(one).filter(Exists(one.responses.all())).count(), 1),
    "related rows changed": (lambda one: one.responses.update(kind="comment"), 1),
    "related rows deleted": (lambda one: one.responses.all().delete()[0], 1),
    "a related row made": (lambda one: one.responses.create(author=one.opener, body="New").exchange, held),
    "a related row found": (lambda one: one.responses.get_or_create(kind="answer")[1], False),
    "a related row set": (lambda one: one.responses.update_or_create(author=one.opener, body="New")[1], True),
    "a row moved": (lambda one: one.responses.add(one.responses.get()), None),
    "many to many": (_topics, 0),
    "prefetched": (_prefetched, ["pumps", "Omar", "Pump 4 has lost prime"]),
    "forward": (lambda one: responses().get().exchange, held),
    "one to one": (lambda one: hasattr(one, "closing"), False),
    "read again": (lambda one: one.refresh_from_db(), None),
    "deferred": (_deferred, "Pump 4 has lost prime"),
    "saved": (lambda one: one.save(), None),
    "saved in part": (lambda one: one.save(update_fields=["title"]), None),
    "made": (lambda one: Closing.objects.create(exchange=one, person=one.opener, purpose="reuse").exchange, held),
    "brought in": (lambda one: len(Topic.objects.bulk_create([Topic(community=one.community, name="new")])), 1),
    "deleted with what hangs on it": (lambda one: one.delete()[1]["externalizing.Response"], 1),
    "validated": (lambda one: one.full_clean(), None),
}


@pytest.mark.parametrize(("way", "gives"), HANGING.values(), ids=HANGING)
def test_what_hangs_on_a_row_in_hand_stays_open(exchange: Exchange, way: Callable[[Exchange], Any], gives: Any) -> None:
    with writing():
        expected = gives() if callable(gives) else gives
        assert way(exchange) == expected


def test_neither_by_hand_nor_by_the_next_in_order(exchange: Exchange) -> None:
    for rows in (Exchange.objects, marked(Exchange.objects.all()), filed(exchange)):
        with pytest.raises(UnscopedQuery, match="by hand"):
            list(rows.raw("SELECT * FROM externalizing_exchange"))
    with pytest.raises(UnscopedQuery):
        exchange.get_next_by_opened_at()


def test_whether_a_row_is_unique_may_be_asked_of_all(exchange: Exchange) -> None:
    """As Django's validation asks: only yes or no comes back, and the door closes behind it."""
    invitation, alias = exchange.community.invitations.all()[0], exchange.filed_under.get()
    invitation.validate_unique()
    alias.validate_constraints()
    with pytest.raises(ValidationError):
        Invitation(digest=invitation.digest).validate_unique()
    with pytest.raises(ValidationError):
        TopicAlias(community=exchange.community, folded=alias.folded).validate_constraints()
    with pytest.raises(UnscopedQuery):
        Invitation.objects.count()


def test_no_reason_is_no_reason(exchange: Exchange) -> None:
    with pytest.raises(UnscopedQuery, match="a reason"):
        Exchange.objects.everywhere("")
    with pytest.raises(UnscopedQuery, match="a reason"):
        everywhere(Exchange, "")
    assert everywhere(Exchange, "test").count() == 2


def test_a_reader_opens_what_they_may_see(story: Story, exchange: Exchange) -> None:
    """What was asked before and after the reader was named is within what they may see."""
    private = story.found("inner", "Inner circle", by=story.facilitator, visibility=Visibility.PRIVATE)
    story.ask(story.facilitator, title="Secret", of=private)
    lea, either = exchange.opener, Exchange.objects.filter(title="Secret") | Exchange.objects.filter(title="Another")
    assert [row.title for row in either.visible_to(lea)] == ["Another"]
    assert [row.title for row in Exchange.objects.visible_to(lea).filter(title__in=["Secret", "Another"])] == [
        "Another"
    ]
    assert Exchange.objects.visible_to(story.facilitator).filter(title="Secret").exists()
