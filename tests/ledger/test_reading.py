"""A reading gives what its queryset would, to whom it would, in one statement that is composed once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import models
from django.db.models import F, Prefetch
from pytest_django import DjangoAssertNumQueries

from commonplace.communities.models import Community, Visibility
from commonplace.externalizing.models import Exchange, ExchangeQuerySet, Response
from commonplace.ledger.errors import UnscopedQuery
from commonplace.ledger.once import a_page
from commonplace.ledger.reading import READER, Among, Place, Reading
from tests.story import Story

pytestmark = pytest.mark.django_db
SINCE = Place("since", models.DateTimeField())


def lately() -> ExchangeQuerySet:
    rows = Exchange.objects.visible_to(READER).filter(community__slug=Place("slug"), opened_at__gte=SINCE)
    return rows.select_related("opener", "community").annotate(again=F("title")).order_by("-pk")[:20]


def test_it_gives_the_rows_of_its_queryset_and_what_they_bring(story: Story) -> None:
    lea = story.member("Lea")
    asked, reading = story.ask(lea, "100 %: is it done?"), Reading[Exchange](lately)
    story.respond(story.member("Mo"), asked)
    places = {"reader": lea, "slug": story.community.slug, "since": asked.opened_at}
    [row] = reading.rows(**places)
    assert (row, row.title, getattr(row, "again", None)) == (asked, asked.title, asked.title)
    assert (row.opened_at, row.opener.name, row.community.slug) == (asked.opened_at, "Lea", "pump-crews")
    assert list(row.responses.all()) == list(asked.responses.all()) != []
    assert reading.first(**places | {"since": asked.opened_at + timedelta(microseconds=1)}) is None


def test_it_asks_what_each_reader_may_read_as_it_is_now(story: Story) -> None:
    hidden = story.found("crypt", "Crypt", by=story.member("Ida"), visibility=Visibility.PRIVATE)
    ida, eve = story.member("Ada", of=hidden), story.member("Eve")
    story.ask(ida, of=hidden)
    reading: Reading[Any] = Reading(lately)
    places = {"slug": hidden.slug, "since": hidden.founded_at}
    assert [len(reading.rows(reader=one, **places)) for one in (ida, eve, ida)] == [1, 0, 1]


def test_a_rule_for_strangers_holds_in_a_reading_too(story: Story) -> None:
    """Open to whoever is in none of them, but not to a sponsor, who serves there."""
    eve = story.person("Eve")
    private = story.found("crypt", "Crypt", by=story.member("Ida"), visibility=Visibility.PRIVATE)
    reading: Reading[Any] = Reading(lambda: Community.objects.readable_by(READER).order_by("slug"))
    for person in (eve, story.member("Lea", of=private)):
        assert reading.rows(reader=person) == list(Community.objects.readable_by(person).order_by("slug"))
    assert private not in reading.rows(reader=eve)


def test_values_come_in_the_shape_that_is_asked_for(story: Story) -> None:
    story.ask(lea := story.member("Lea"))
    reading: Reading[Any] = Reading(
        lambda: lately().values_list("opener__name", "opened_at"), shape=lambda who, at: (at.tzinfo, who)
    )
    [(zone, who)] = reading.rows(reader=lea, slug="pump-crews", since=story.community.founded_at)
    assert (who, bool(zone)) == ("Lea", True)


def test_ids_are_one_place_however_many_they_are(story: Story) -> None:
    ids = [story.ask(story.facilitator).pk for _ in range(3)]
    reading: Reading[Any] = Reading(
        lambda: Exchange.objects.visible_to(READER).filter(pk__in=Among("ids")).order_by("pk")
    )
    for some in (ids, ids[:1], []):
        assert [row.pk for row in reading.rows(reader=story.facilitator, ids=some)] == some


def test_what_is_prefetched_hangs_on_each_row(story: Story, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    lea, mo = story.member("Lea"), story.member("Mo")
    asked = [story.ask(lea, topics=topics) for topics in (["valves", "pumps"], [], ["pumps"])]
    answers = [story.respond(mo, exchange) for exchange in asked[:2]]
    rows = Response.objects.everywhere("test").order_by("pk")
    responses: Reading[Exchange] = Reading(
        lambda: lately().with_topics().prefetch_related(Prefetch("responses", rows.select_related("author")))
    )
    places = {"reader": lea, "slug": "pump-crews", "since": story.community.founded_at}
    responses.rows(**places)
    with a_page(), django_assert_num_queries(5):  # Footing and what may be read, these, their topics, their responses.
        read = responses.rows(**places)
        assert [[topic.name for topic in row.topics] for row in read] == [["pumps"], [], ["pumps", "valves"]]
        assert [[one.author.name for one in row.responses.all()] for row in read] == [[], ["Mo"], ["Mo"]]
    assert [list(row.responses.all()) for row in read] == [[], [answers[1]], [answers[0]]]
    assert responses.rows(**places | {"slug": "nowhere"}) == []


def test_it_is_composed_once_and_run_in_one_query(
    story: Story, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    composed = []

    def compose() -> models.QuerySet[Exchange]:
        composed.append(1)
        return lately()

    reading: Reading[Exchange] = Reading(compose)
    places = {"slug": "pump-crews", "since": story.community.founded_at}
    with a_page():
        reading.rows(reader=story.facilitator, **places)
        with django_assert_num_queries(1):
            reading.rows(reader=story.facilitator, **places)
    assert len(composed) == 1


def test_who_reads_is_asked_when_it_is_composed(story: Story) -> None:
    with pytest.raises(UnscopedQuery):
        Reading(lambda: Exchange.objects.filter(pk=Place("pk"))).rows(pk="0")


def test_every_place_wants_its_value(story: Story) -> None:
    with pytest.raises(KeyError, match="slug"):
        Reading(lately).rows(reader=story.facilitator, since=story.community.founded_at)
