"""Asking to join a community that is not open: once, while it waits."""

import pytest

from commonplace.communities import acts
from commonplace.communities.models import Community, Experience, JoinRequest, Person
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import last
from tests.story import Story

ASK = "/c/valves/requests"


def test_the_page_asks_and_says_that_it_waits(story: Story, nina: Person, closed: Community) -> None:
    browser = story.browser(nina)
    assert "Is this work new to you?" in browser.get("/c/valves/").content.decode()
    browser.post(ASK, {"words": "I keep valves.", "experience": "new"})
    assert "Your request is waiting" in browser.get("/c/valves/").content.decode()
    asked = JoinRequest.objects.visible_to(nina).get()
    assert (asked.words, asked.experience) == ("I keep valves.", Experience.NEW)
    assert (last("member.requested").object, last("member.requested").community) == (asked.pk, closed.pk)


def test_only_those_who_see_it_ask(nina: Person, quiet: Community) -> None:
    with pytest.raises(NotAllowed):
        acts.ask_to_join(nina, quiet, words="")


def test_nobody_asks_twice_while_it_waits(story: Story, nina: Person, closed: Community) -> None:
    acts.ask_to_join(nina, closed, words="")
    assert story.browser(nina).post(ASK, {"words": "Hello?"}).status_code == 422
    with pytest.raises(NotPossible, match="waiting for a facilitator"):
        acts.ask_to_join(nina, closed, words="Hello?")


def test_an_open_community_takes_no_requests(story: Story, nina: Person) -> None:
    with pytest.raises(NotPossible, match="join at once"):
        acts.ask_to_join(nina, story.community, words="")


def test_a_member_does_not_ask(story: Story, closed: Community) -> None:
    with pytest.raises(NotPossible, match="already a member"):
        acts.ask_to_join(story.member("Lea", of=closed), closed, words="")


def test_words_that_are_too_long_are_refused(story: Story, nina: Person, closed: Community) -> None:
    assert story.browser(nina).post(ASK, {"words": "x" * 5000}).status_code == 422
