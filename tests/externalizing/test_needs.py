"""No exchange stays without an answer unseen: whoever facilitates is told of it, a newcomer's first."""

from datetime import datetime, timedelta

from commonplace.communities.models import Person
from commonplace.communities.waiting import needs
from commonplace.ledger import clock
from tests.story import Story

LONG_AFTER = timedelta(days=200)


def told_of(person: Person, days: float) -> list[str]:
    """What is said to wait for an answer, so many days later."""
    with clock.at(clock.now() + timedelta(days=days)):
        return [need.title for need in needs(person) if need.what == "Nobody has answered this"]


def test_who_facilitates_is_told_after_three_days_and_until_somebody_answers(story: Story) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    asked = story.ask(lea, "Which seal?")
    assert told_of(story.facilitator, 2.9) == []
    assert told_of(story.facilitator, 3.1) == ["Which seal?"]
    assert told_of(omar, 3.1) == told_of(lea, 3.1) == told_of(story.person("Nina"), 3.1) == []
    story.respond(omar, asked)
    assert told_of(story.facilitator, 3.1) == []


def test_of_a_newcomer_s_after_one_day(story: Story, now: datetime) -> None:
    with clock.at(now + LONG_AFTER):
        story.ask(story.member("Nina"), "Which seal?")
        assert told_of(story.facilitator, 0.9) == []
        assert told_of(story.facilitator, 1.1) == ["Which seal?"]


def test_one_s_own_is_said_to_oneself_only(story: Story) -> None:
    story.ask(story.facilitator, "Which seal?")
    assert told_of(story.facilitator, 4) == []


def test_from_four_on_they_are_one_line_and_its_list_has_just_these(story: Story, now: datetime) -> None:
    lea = story.member("Lea")
    for number in range(4):
        story.ask(lea, f"Old {number}")
    with clock.at(now + timedelta(days=4)):
        story.ask(lea, "Of today")
        story.ask(story.facilitator, "My own")
        [one] = [need for need in needs(story.facilitator) if need.what == "4 exchanges wait for an answer"]
        page = story.browser(story.facilitator).get(one.href).content.decode()
    assert [f"Old {number}" in page for number in range(4)] == [True] * 4
    assert "Of today" not in page.split("<main")[1]
    assert "My own" not in page.split("<main")[1]
