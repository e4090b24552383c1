"""A facilitator answers a request, once; who is admitted brings what they said of their experience."""

import pytest

from commonplace.communities import acts
from commonplace.communities.models import Community, Experience, JoinRequest, Membership, Person
from commonplace.communities.policy import is_member
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import evidence_of
from tests.story import Story


@pytest.fixture
def asked(nina: Person, closed: Community) -> JoinRequest:
    return acts.ask_to_join(nina, closed, words="I keep valves.", experience=Experience.NEW)


def test_the_page_shows_it_and_takes_one_answer(
    story: Story, nina: Person, closed: Community, asked: JoinRequest
) -> None:
    browser, address = story.browser(story.facilitator), f"/c/valves/requests/{asked.pk}/answer"
    page = browser.get("/c/valves/").content.decode()
    assert 'id="requests"' in page
    assert "I keep valves." in page
    browser.post(address, {"admitted": "yes"})
    assert is_member(nina, closed)
    assert browser.post(address, {"admitted": "no"}).status_code == 422


def test_who_is_admitted_keeps_what_they_said(
    story: Story, nina: Person, closed: Community, asked: JoinRequest
) -> None:
    acts.answer_request(story.facilitator, asked, admitted=True)
    assert Membership.objects.visible_to(nina).get(person=nina).experience == Experience.NEW
    assert (evidence_of("member.answered").admitted, evidence_of("member.answered").person) == (True, nina.pk)


def test_only_facilitators_answer(story: Story, closed: Community, asked: JoinRequest) -> None:
    member = story.member("Omar", of=closed)
    with pytest.raises(NotAllowed):
        acts.answer_request(member, asked, admitted=True)
    browser = story.browser(member)
    assert browser.post(f"/c/valves/requests/{asked.pk}/answer", {"admitted": "yes"}).status_code == 403
    assert "I keep" not in browser.get("/c/valves/").content.decode()


@pytest.mark.parametrize("admitted", [True, False])
def test_a_request_is_answered_once_however_old_the_page(
    story: Story, closed: Community, asked: JoinRequest, admitted: bool
) -> None:
    acts.answer_request(story.facilitator, asked, admitted=False)
    stale = JoinRequest(pk=asked.pk, community=closed, person=asked.person)
    stale._state.adding = False
    with pytest.raises(NotPossible, match="answered this request already"):
        acts.answer_request(story.facilitator, stale, admitted=admitted)


def test_one_declined_may_ask_again(story: Story, nina: Person, closed: Community, asked: JoinRequest) -> None:
    acts.answer_request(story.facilitator, asked, admitted=False)
    assert not is_member(nina, closed)
    assert acts.ask_to_join(nina, closed, words="Again").pk


def test_whoever_cannot_come_in_any_more_is_declined_and_not_admitted(
    story: Story, nina: Person, closed: Community, asked: JoinRequest
) -> None:
    Person.objects.filter(pk=nina.pk).update(is_active=False)
    with pytest.raises(NotPossible, match="cannot come in any more"):
        acts.answer_request(story.facilitator, asked, admitted=True)
    acts.answer_request(story.facilitator, asked, admitted=False)
    assert not is_member(nina, closed)
