"""Coming to belong and leaving: open, on request, by invitation; one membership, and a facilitator stays."""

import pytest
from django.db import IntegrityError, transaction

from commonplace.communities import acts
from commonplace.communities.models import Community, JoinRequest, Membership, Person, RoleKind, Visibility
from commonplace.communities.policy import is_member
from commonplace.ledger.act import writing
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.story import Story


@pytest.fixture
def lea(story: Story) -> Person:
    return story.person("Lea")


@pytest.fixture
def closed(story: Story) -> Community:
    return story.found("valves", "Valve keepers", by=story.facilitator, visibility=Visibility.CLOSED)


def test_an_open_community_is_joined_at_once_and_left(story: Story, lea: Person) -> None:
    browser = story.browser(lea)
    assert "Join</button>" in browser.get("/c/pump-crews/").content.decode()
    browser.post("/c/pump-crews/membership")
    assert is_member(lea, story.community)
    assert browser.post("/c/pump-crews/membership").status_code == 422
    browser.post("/c/pump-crews/membership/end")
    assert not is_member(lea, story.community)


def test_a_closed_one_is_asked_and_a_facilitator_answers(story: Story, lea: Person, closed: Community) -> None:
    asking, answering = story.browser(lea), story.browser(story.facilitator)
    assert asking.post("/c/valves/membership").status_code == 422
    asking.post("/c/valves/requests", {"words": "I keep valves."})
    assert "Your request is waiting" in asking.get("/c/valves/").content.decode()
    again = asking.post("/c/valves/requests", {"words": "Hello?"})
    assert again.status_code == 422
    page = answering.get("/c/valves/").content.decode()
    assert 'id="requests"' in page
    assert "I keep valves." in page
    asked = JoinRequest.objects.visible_to(lea).get()
    answering.post(f"/c/valves/requests/{asked.pk}/answer", {"admitted": "yes"})
    assert is_member(lea, closed)
    assert answering.post(f"/c/valves/requests/{asked.pk}/answer", {"admitted": "no"}).status_code == 422


def test_a_request_declined_may_be_made_again(story: Story, lea: Person, closed: Community) -> None:
    asked = acts.ask_to_join(lea, closed, words="")
    acts.answer_request(story.facilitator, asked, admitted=False)
    assert not is_member(lea, closed)
    assert acts.ask_to_join(lea, closed, words="Again").pk


def test_a_refused_request_keeps_its_words(story: Story, lea: Person, closed: Community) -> None:
    acts.ask_to_join(lea, closed, words="")
    page = story.browser(lea).post("/c/valves/requests", {"words": "x" * 5000})
    assert page.status_code == 422


def test_only_facilitators_answer(story: Story, lea: Person, closed: Community) -> None:
    asked, member = acts.ask_to_join(lea, closed, words=""), story.member("Omar", of=closed)
    with pytest.raises(NotAllowed):
        acts.answer_request(member, asked, admitted=True)
    assert story.browser(member).post(f"/c/valves/requests/{asked.pk}/answer", {"admitted": "yes"}).status_code == 403
    assert "I keep" not in story.browser(member).get("/c/valves/").content.decode()


def test_an_open_community_takes_no_requests(story: Story, lea: Person) -> None:
    with pytest.raises(NotPossible, match="join at once"):
        acts.ask_to_join(lea, story.community, words="")


def test_whoever_comes_by_invitation_waits_no_longer(story: Story, lea: Person, closed: Community) -> None:
    acts.ask_to_join(lea, closed, words="")
    acts.accept_invitation(lea, acts.invite(story.facilitator, closed, secret="s"), secret="s")
    assert not JoinRequest.objects.visible_to(story.facilitator).waiting().exists()


def test_nobody_belongs_twice(story: Story) -> None:
    lea = story.member("Lea")
    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        Membership.objects.create(community=story.community, person=lea)
    with pytest.raises(NotPossible, match="already a member"):
        acts.join(lea, story.community)


def test_who_left_may_come_back(story: Story) -> None:
    lea = story.member("Lea")
    acts.leave(lea, story.community)
    acts.join(lea, story.community)
    assert Membership.objects.visible_to(lea).filter(person=lea).count() == 2


def test_the_last_facilitator_does_not_leave(story: Story) -> None:
    page = story.browser(story.facilitator).post("/c/pump-crews/membership/end")
    assert page.status_code == 422
    assert "You are the only facilitator" in page.content.decode()
    other = story.serving("Omar", RoleKind.FACILITATOR)
    acts.leave(story.facilitator, story.community)
    assert not is_member(story.facilitator, story.community)
    with pytest.raises(NotPossible, match="only facilitator"):
        acts.leave(other, story.community)


def test_leaving_ends_rights_with_the_next_request(story: Story) -> None:
    lea = story.member("Lea")
    browser = story.browser(lea)
    assert browser.get("/c/pump-crews/members").status_code == 200
    acts.leave(lea, story.community)
    assert browser.get("/c/pump-crews/members").status_code == 404


def test_an_invitation_is_shown_once_and_withdrawn(story: Story) -> None:
    browser = story.browser(story.facilitator)
    made = browser.post("/c/pump-crews/invitations/create").content.decode()
    link = made.split('value="http://testserver')[1].split('"')[0]
    assert link not in browser.get("/c/pump-crews/invitations").content.decode()
    guest = story.browser(story.person("Lea"))
    assert guest.get(link).status_code == 200
    invitation = story.community.invitations.get()
    browser.post(f"/c/pump-crews/invitations/{invitation.pk}/withdraw")
    assert guest.get(link).status_code == 404
    assert guest.post(link + "accept").status_code == 422


def test_members_do_not_invite(story: Story) -> None:
    browser = story.browser(story.member("Lea"))
    assert browser.get("/c/pump-crews/invitations").status_code == 403
    assert browser.post("/c/pump-crews/invitations/create").status_code == 403


def test_only_somebody_just_added_is_put_into_a_community(story: Story) -> None:
    lea = story.person("Lea")
    lea.set_password("rain on the roof")
    lea.save()
    with pytest.raises(NotPossible, match="send an invitation"):
        acts.add_member(story.facilitator, story.community, person=lea)
    with pytest.raises(NotAllowed):
        acts.add_member(story.operator, story.community, person=story.person("Omar"))
    acts.add_member(story.facilitator, story.community, person=story.person("Nina"))
    assert Membership.objects.visible_to(story.facilitator).count() == 2
