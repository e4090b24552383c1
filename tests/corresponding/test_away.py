"""Who stands in is told at once, who facilitates too in the digest, members nothing."""

from datetime import timedelta

import pytest

from commonplace.communities import acts
from commonplace.communities.models import Person, Role, RoleKind
from commonplace.communities.zones import today
from commonplace.corresponding.models import Notice
from commonplace.corresponding.reminding import remind
from commonplace.ledger import clock
from tests.corresponding.noticed import forgotten, noticed, rows, words
from tests.story import Story, role_of

WEEK = timedelta(days=7)


@pytest.fixture
def lea(story: Story) -> Person:
    return story.member("Lea")


@pytest.fixture
def sara(story: Story) -> Person:
    return story.serving("Sara", RoleKind.FACILITATOR)


@pytest.fixture
def gone(story: Story, lea: Person, sara: Person) -> Role:
    forgotten()
    return acts.set_away(story.facilitator, role_of(story.facilitator), until=today() + WEEK, stand_in=lea)


def test_who_stands_in_is_told_at_once_and_who_facilitates_too(
    story: Story, lea: Person, sara: Person, gone: Role
) -> None:
    assert noticed(lea) == [("away", "covers")]
    assert noticed(sara) == [("away", "facilitates")]
    assert [one.at_once for one in (*rows(lea), *rows(sara))] == [True, False]
    assert "Fay Facilitator is away, and has said until when you stand in for them" in words(story, lea)
    assert "/c/pump-crews/desk/" in story.browser(lea).get("/notices/").content.decode()


def test_members_and_who_is_away_are_told_nothing(story: Story, gone: Role, lea: Person, sara: Person) -> None:
    people = set(Notice.objects.everywhere("test").values_list("person", flat=True))
    assert people == {lea.pk, sara.pk}


def test_who_stood_in_is_told_that_it_is_over(story: Story, gone: Role, lea: Person, sara: Person) -> None:
    forgotten()
    acts.set_away(story.facilitator, gone, until=None)
    assert noticed(lea) == [("back", "covered")]
    assert noticed(sara) == [("back", "facilitates")]
    assert "Fay Facilitator is back you stood in for them" in words(story, lea)


def test_who_is_followed_by_another_is_told(story: Story, gone: Role, lea: Person) -> None:
    omar = story.member("Omar")
    forgotten()
    acts.set_away(story.facilitator, gone, until=today() + WEEK, stand_in=omar)
    assert noticed(lea) == [("away", "covered")]
    assert noticed(omar) == [("away", "covers")]


def test_whoever_is_away_is_told_at_once_that_nobody_stands_in(
    story: Story, gone: Role, lea: Person, sara: Person
) -> None:
    forgotten()
    acts.set_away(lea, gone, until=gone.away_until)
    assert noticed(story.facilitator) == [("stands_in_no_more", "you")]
    assert rows(story.facilitator)[0].at_once
    assert noticed(sara) == [("stands_in_no_more", "facilitates")]


def test_who_stands_in_is_told_who_asks_to_join(story: Story, gone: Role, lea: Person) -> None:
    forgotten()
    acts.join(story.person("Zoe"), story.community)
    assert noticed(lea) == [("joined", "facilitates")]


def test_the_day_after_whoever_was_away_is_told_once(story: Story, gone: Role, lea: Person) -> None:
    forgotten()
    for days in (7, 8, 8, 9):
        with clock.at(clock.now() + timedelta(days=days)):
            remind()
    assert noticed(story.facilitator) == [("away_is_over", "you")]
    assert noticed(lea) == []


def test_who_is_away_is_told_at_once_that_whom_they_named_has_left(
    story: Story, gone: Role, lea: Person, sara: Person
) -> None:
    forgotten()
    acts.leave(story.member("Omar"), story.community)
    assert rows(story.facilitator, "covered_by_nobody") == []
    acts.leave(lea, story.community)
    assert [one.at_once for one in rows(story.facilitator, "covered_by_nobody")] == [True]
    assert rows(sara, "covered_by_nobody") == []
