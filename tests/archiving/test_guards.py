"""What a reader yields is believed no more than what a person types: each guard of an act holds for archives too."""

from datetime import timedelta

import pytest

from commonplace.archiving.records import Record
from commonplace.communities.models import Person
from commonplace.externalizing import acts
from commonplace.externalizing.evidence import Confirmed, Edited, Linked, Words
from commonplace.externalizing.models import Exchange, ExchangeLink, LinkKind, Response, Revision, TopicAlias
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.ledger.models import Act
from tests.archiving.records import (
    ADA,
    BEN,
    DAY,
    answer,
    aside,
    brought,
    comment,
    confirmation,
    link,
    person,
    question,
)
from tests.story import Story

PEOPLE: tuple[Record, ...] = (person(ADA), person(BEN))
TWO: tuple[Record, ...] = (*PEOPLE, question("1"), question("2"), answer("3", of="1"))


def acts_of(verb: str) -> list[Act]:
    return list(Act.objects.filter(verb=verb, origin="records").everywhere("test").order_by("pk"))


def exchange(number: str = "1") -> Exchange:
    return Exchange.objects.everywhere("test").get(title__endswith=number, origin="records")


def test_a_confirmation_says_when_and_of_what(story: Story) -> None:
    brought(story, *TWO, confirmation("3", within="1", at=DAY + timedelta(days=2)))
    evidence = Confirmed.of(acts_of("exchange.confirmed")[0])
    assert (evidence.purpose, evidence.days_after, evidence.own_response) == ("reuse", 2, False)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (confirmation("3", within="1", author=BEN), "only the asker can say that an answer helped"),
        (confirmation("3", within="2"), "its answer (3) is in another exchange"),
        (confirmation("9", within="1"), "its answer (9) is not known"),
        (comment("9", on="2", about="3"), "its answer (3) is in another exchange"),
        (comment("9", on="8"), "its exchange (8) is not known"),
        (answer("9", of="8"), "its exchange (8) is not known"),
        (link("9", "1", "1"), "it links an exchange to itself"),
        (link("9", "1", "8"), "its exchange (8) is not known"),
        (question("9", at=clock.wall() + timedelta(hours=1)), "it lies in the future"),
        (person(BEN, external_id="9", at=clock.wall() + timedelta(hours=1)), "it lies in the future"),
    ],
)
def test_what_does_not_belong_is_set_aside_with_the_reason(story: Story, record: Record, reason: str) -> None:
    tally = brought(story, *TWO, record)
    assert aside(tally) == [(f"{record.kind} {record.external_id}", reason)]  # type: ignore[union-attr]
    assert tally.counts.total() == len(TWO)


def test_of_two_only_one_is_the_duplicate(story: Story) -> None:
    tally = brought(story, *TWO, link("9", "1", "2", "duplicate"), link("10", "2", "1", "duplicate"))
    assert aside(tally) == [("link 10", "the other one says already that the same was asked here before")]
    assert [Linked.of(act).kind for act in acts_of("exchange.linked")] == [LinkKind.DUPLICATE]


def test_what_an_archive_says_twice_is_there_once(story: Story) -> None:
    records = *TWO, link("9", "1", "2"), link("10", "1", "2"), confirmation("3", "1"), confirmation("3", "1")
    tally = brought(story, *records)
    assert (tally.counts["links"], tally.counts["confirmations"], tally.counts["unchanged"]) == (1, 1, 2)
    assert ExchangeLink.objects.everywhere("test").count() == 1


@pytest.mark.breaks_ledger
@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (answer("9", of="1"), "its exchange (1) was removed here"),
        (link("9", "2", "1"), "its exchange (1) was removed here"),
        (question("1", body="Changed"), "this text was removed here"),
    ],
)
def test_what_was_removed_here_does_not_come_back(story: Story, record: Record, reason: str) -> None:
    brought(story, *TWO)
    with writing():
        exchange().delete()
    assert aside(brought(story, record))[0][1] == reason


@pytest.mark.breaks_ledger
def test_a_comment_on_an_answer_that_was_removed_here_is_set_aside(story: Story) -> None:
    brought(story, *TWO)
    with writing():
        Response.objects.everywhere("test").get(exchange=exchange()).delete()
    assert aside(brought(story, comment("9", on="1", about="3"))) == [("comment 9", "its answer (3) was removed here")]


def test_words_that_changed_in_the_archive_are_an_edit_by_their_author(story: Story) -> None:
    brought(story, *TWO)
    later = DAY + timedelta(days=1)
    assert brought(story, answer("3", of="1", body="For another reason.", edited_at=later)).counts["updated"] == 1
    (act,) = acts_of("exchange.edited")
    assert (act.happened_at, Edited.of(act).text, act.subject) == (later, Words.RESPONSE, exchange().pk)
    assert [row.body for row in Revision.objects.everywhere("test")] == ["Because."]


def test_other_topics_are_an_edit_without_an_earlier_text(story: Story) -> None:
    brought(story, *TWO)
    brought(story, question("1", topics=("pumps", "valves")))
    assert [topic.name for topic in exchange().topics] == ["pumps", "valves"]
    assert len(acts_of("exchange.edited")) == 1
    assert not Revision.objects.everywhere("test").exists()


def test_an_edit_dated_to_come_is_one_of_today(story: Story) -> None:
    brought(story, *TWO)
    brought(story, question("1", body="Why now?", edited_at=clock.wall() + timedelta(days=2)))
    assert acts_of("exchange.edited")[0].happened_at <= clock.now()


@pytest.mark.breaks_ledger  # No act claims a name yet.
def test_words_that_their_author_has_edited_here_are_theirs(story: Story) -> None:
    brought(story, *TWO)
    row = exchange()
    Person.objects.filter(pk=row.opener_id).update(email="ada@example.org")
    acts.edit(row.opener, row, body="My own words.", title=row.title, seen=row.fingerprint)
    assert brought(story, question("1", body="Changed over there.")).counts["unchanged"] == 1
    assert exchange().body == "My own words."


def test_a_topic_is_found_by_any_of_its_names(story: Story) -> None:
    here = story.ask(story.member("Lea"), topics=["Pumps"])
    (topic,) = here.topics
    acts.alias_topic(story.facilitator, topic, name="pump")
    brought(story, *PEOPLE, question("1", topics=("pump", "PUMPS")), question("2", topics=("pump",)))
    assert exchange("1").topics == exchange("2").topics == [topic]
    assert acts_of("topic.named") == []


def test_a_new_topic_is_named_once_by_whom_the_archive_heard_it_from(story: Story) -> None:
    brought(story, *PEOPLE, question("1", topics=("Valves",)), question("2", topics=("valves",)))
    (named,) = acts_of("topic.named")
    assert (named.actor, named.happened_at) == (exchange().opener_id, DAY)
    assert [alias.name for alias in TopicAlias.objects.everywhere("test")] == ["Valves"]


def test_nothing_happens_before_the_exchange_that_it_is_about(story: Story) -> None:
    """Sites merge questions: an answer may be older than its question, and no time to a response is below nothing."""
    earlier = DAY - timedelta(days=3)
    brought(story, *PEOPLE, question("1"), answer("3", of="1", at=earlier))
    assert acts_of("exchange.responded")[0].happened_at == DAY
    assert exchange().responses.get().responded_at == earlier
