"""That somebody read a community's figures without protection, its members read in the news; nobody else does."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from commonplace.communities.contributions import MOST_PIECES
from commonplace.communities.models import Person, RoleKind
from commonplace.ledger import clock
from commonplace.measuring.acts import open_figures
from commonplace.measuring.contributions import opened
from commonplace.measuring.models import Opening
from commonplace.measuring.windows import Window
from tests.story import Story

NEWS = "read figures without protection"


@pytest.fixture
def read(story: Story, now: datetime) -> Story:
    open_figures(story.operator, story.community, window=Window.parse("90d"), until=now)
    return story


def news(story: Story, person: Person) -> list[Any]:
    return list(opened(person, [story.community.pk], clock.now() + timedelta(seconds=1)))


def test_members_see_on_their_first_page_who_read(read: Story, now: datetime) -> None:
    lea = read.member("Lea")
    with clock.at(now + timedelta(minutes=1)):
        page = read.browser(lea).get("/").content.decode()
    assert NEWS.capitalize() in page
    assert read.operator.name in page


def test_members_see_who_read_of_which_community_and_when(read: Story, now: datetime) -> None:
    [piece] = news(read, read.facilitator)
    assert (piece.who, piece.community, piece.at) == (read.operator, read.community.title, now)
    assert piece.href == f"/c/{read.community.slug}/cycle/"


@pytest.mark.parametrize(
    ("window", "words"),
    [("12w", "Figures of 12 weeks"), ("90d", "Figures of 90 days"), ("all", "All figures since the beginning,")],
)
def test_members_see_which_time_was_read(story: Story, now: datetime, window: str, words: str) -> None:
    open_figures(story.operator, story.community, window=Window.parse(window), until=datetime(2019, 5, 4, tzinfo=UTC))
    [piece] = news(story, story.facilitator)
    assert piece.title == f"{words} until 4 May 2019"


def test_who_is_no_member_does_not(read: Story) -> None:
    for person in (read.person("Passer-by"), read.serving("Sam", RoleKind.SPONSOR)):
        assert news(read, person) == []
        assert not Opening.objects.visible_to(person).exists()


def test_another_community_s_members_do_not(read: Story) -> None:
    lima = read.found("lima", "Lima", by=read.facilitator)
    assert news(read, read.member("Lea", of=lima)) == []


@pytest.mark.parametrize("kind", [RoleKind.FACILITATOR, RoleKind.SPONSOR, None])
def test_nobody_but_the_operator_may(story: Story, now: datetime, kind: RoleKind | None) -> None:
    person = story.serving("Sam", kind) if kind else story.member("Lea")
    with pytest.raises(PermissionDenied):
        open_figures(person, story.community, window=Window.parse("90d"), until=now)
    assert not Opening.objects.everywhere("test").exists()


def test_however_often_the_newest_come_first_and_the_older_by_the_page(story: Story, now: datetime) -> None:
    for number in range(MOST_PIECES + 3):
        with clock.at(now + timedelta(minutes=number)):
            open_figures(story.operator, story.community, window=Window.parse("all"), until=now)
    with clock.at(now + timedelta(days=1)):
        moments = [piece.at for piece in news(story, story.facilitator)]
    assert len(moments) == MOST_PIECES
    assert moments == sorted(moments, reverse=True)
    older = list(opened(story.facilitator, [story.community.pk], moments[-1]))
    assert len(older) == 3
