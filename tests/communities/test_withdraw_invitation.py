"""A facilitator withdraws a link while it lets people in."""

from datetime import timedelta

import pytest

from commonplace.communities import acts
from commonplace.communities.models import Invitation, Person
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import last, verbs
from tests.story import Story


@pytest.fixture
def invitation(story: Story) -> Invitation:
    return acts.invite(story.facilitator, story.community, secret="sesame")


def test_the_link_lets_nobody_in_any_more(story: Story, nina: Person, invitation: Invitation) -> None:
    guest, browser = story.browser(nina), story.browser(story.facilitator)
    assert guest.get("/invitation/sesame/").status_code == 200
    browser.post(f"/c/pump-crews/invitations/{invitation.pk}/withdraw")
    assert guest.get("/invitation/sesame/").status_code == 404
    assert guest.post("/invitation/sesame/accept").status_code == 404
    assert last("member.invitation_withdrawn").object == invitation.pk


def test_only_facilitators_withdraw(story: Story, invitation: Invitation) -> None:
    with pytest.raises(NotAllowed):
        acts.withdraw_invitation(story.member("Lea"), invitation)


def test_it_is_withdrawn_once_however_old_the_page(story: Story, invitation: Invitation) -> None:
    stale = Invitation.objects.everywhere("test").get(pk=invitation.pk)
    withdrawn = acts.withdraw_invitation(story.facilitator, invitation).withdrawn_at
    with pytest.raises(NotPossible, match="lets nobody in any more"):
        acts.withdraw_invitation(story.facilitator, stale)
    page = story.browser(story.facilitator).post(f"/c/pump-crews/invitations/{invitation.pk}/withdraw")
    assert page.status_code == 422
    assert "lets nobody in any more" in page.content.decode()
    assert Invitation.objects.everywhere("test").get(pk=invitation.pk).withdrawn_at == withdrawn
    assert verbs().count("member.invitation_withdrawn") == 1


def test_one_that_has_expired_is_not_withdrawn(story: Story, invitation: Invitation) -> None:
    with (
        clock.at(invitation.expires_at + timedelta(seconds=1)),
        pytest.raises(NotPossible, match="lets nobody in any more"),
    ):
        acts.withdraw_invitation(story.facilitator, invitation)


def test_the_page_that_made_a_link_shows_it_no_more_when_it_is_over(story: Story) -> None:
    browser, sent = story.browser(story.facilitator), {"once": "f" * 64}
    first = browser.post("/c/pump-crews/invitations/create", sent).content.decode()
    assert 'id="secret"' in first
    assert 'id="secret"' in browser.post("/c/pump-crews/invitations/create", sent).content.decode()
    made = Invitation.objects.everywhere("test").get()
    acts.withdraw_invitation(story.facilitator, made)
    again = browser.post("/c/pump-crews/invitations/create", sent).content.decode()
    assert "it lets nobody in any more" in again
    assert 'id="secret"' not in again
    assert Invitation.objects.everywhere("test").count() == 1
