"""What is ripe to write down is said to who facilitates, with a reason that the rows give; until it is written down."""

import pytest

from commonplace.communities.models import Person
from commonplace.communities.waiting import needs
from commonplace.externalizing import acts
from commonplace.externalizing.models import Benefit, Exchange, Kind, LinkKind, ResponseKind
from commonplace.web.settings import RIPE_RESPONSES
from tests.story import Story


@pytest.fixture
def lea(story: Story) -> Person:
    return story.member("Lea")


@pytest.fixture
def omar(story: Story) -> Person:
    return story.member("Omar")


@pytest.fixture
def helped(story: Story, lea: Person, omar: Person) -> Exchange:
    return story.resolved(lea, omar, title="Which seal?")


def reasons(person: Person) -> list[str]:
    return [need.detail for need in needs(person) if need.what == "Ripe to write down"]


def test_that_it_helped_who_asked_is_not_enough(story: Story, helped: Exchange) -> None:
    assert reasons(story.facilitator) == []


def test_an_offer_that_helped_who_took_it_up_until_it_is_written_down(story: Story, lea: Person, omar: Person) -> None:
    offered = story.ask(omar, "Which seal?", kind=Kind.OFFER)
    assert reasons(story.facilitator) == []
    acts.confirm(lea, offered, response=None, benefit=Benefit.SOLUTION)
    assert reasons(story.facilitator) == ["it helped somebody who took it up"]
    assert reasons(lea) == reasons(omar) == []
    story.distil(lea, offered)
    assert reasons(story.facilitator) == []


def test_it_was_asked_again(story: Story, helped: Exchange, omar: Person) -> None:
    acts.link(omar, story.ask(story.member("Ida"), "Which seal, again?"), other=helped, kind=LinkKind.DUPLICATE)
    assert reasons(story.facilitator) == ["it was asked again"]


def test_much_was_said(story: Story, helped: Exchange, omar: Person) -> None:
    for _number in range(RIPE_RESPONSES - 2):
        story.respond(omar, helped, kind=ResponseKind.COMMENT)
    assert reasons(story.facilitator) == []
    story.respond(omar, helped, kind=ResponseKind.COMMENT)
    assert reasons(story.facilitator) == ["it helped, and 8 responses were written"]
