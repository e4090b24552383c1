"""What was brought in, and what became of it so far: told to who may open the practices, and to nobody else."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest

from commonplace.communities.models import RoleKind, Visibility
from commonplace.ledger import clock
from commonplace.measuring.cycle import so_far
from tests.measuring.test_show_cycle import MONDAY, page, rows_of, words_of
from tests.story import Story

EARLIER = MONDAY - timedelta(days=60)


@pytest.fixture
def handbook(db: None) -> Iterator[Story]:
    """Lea alone brings in a whole handbook of four; of these one is used and agreed on, and taken up by a newcomer."""
    with clock.at(EARLIER):
        story = Story()
        lea, omar = story.member("Lea"), story.member("Omar")
        practices = [story.bring(lea, title=f"Procedure {number}") for number in range(4)]
        story.apply(lea, practices[1])
        story.apply(omar, practices[0])
        proposal = story.propose(lea, practices[0])
        for person in (lea, omar, story.facilitator):
            story.stand(person, proposal)
    with clock.at(proposal.closes_at + timedelta(hours=1)):
        story.decide(story.facilitator, proposal)
    with clock.at(MONDAY):
        story.apply(story.member("Zoe"), practices[0])
        yield story


def test_who_reads_here_reads_what_became_of_it_though_one_person_brought_it_in(handbook: Story) -> None:
    html = page(handbook, handbook.facilitator)
    section = html.split("What was brought in, and what became of it")[1].split("</section>")[0]
    assert re.findall(r"<b>(?:<a [^>]*>)?(\d+)", section) == ["4", "1", "1", "1"]
    browser = handbook.browser(handbook.facilitator)
    for href, number in re.findall(r'<b><a href="([^"]+)">(\d+)', section):
        assert rows_of(browser, unescape(href)) == int(number)


def test_who_was_there_before_it_was_agreed_on_did_not_come_later(handbook: Story) -> None:
    practice = handbook.bring(handbook.member("Ida"), title="Another")
    with clock.at(MONDAY + timedelta(days=1)):
        handbook.apply(handbook.member("Max"), practice)
        counts = {one.words: one.count for one in so_far.so_far(handbook.community)}
    assert list(counts.values()) == [5, 2, 1, 1]


def test_whoever_may_not_open_the_practices_is_not_told(handbook: Story) -> None:
    private = handbook.found("valve-crews", "Valve crews", by=handbook.facilitator, visibility=Visibility.PRIVATE)
    ada = handbook.member("Ada", of=private)
    handbook.bring(ada, of=private)
    sponsor = handbook.serving("Sue Sponsor", RoleKind.SPONSOR, of=private)
    words = {person: words_of(page(handbook, person, "/c/valve-crews/cycle/")) for person in (ada, sponsor)}
    assert {person: "were brought in" in text for person, text in words.items()} == {ada: True, sponsor: False}


def test_of_nothing_nothing_is_said(db: None) -> None:
    story = Story()
    story.ask(story.member("Lea"))
    assert "What was brought in" not in page(story, story.facilitator)
