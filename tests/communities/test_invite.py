"""A facilitator makes a link; it is shown once, and only its digest is kept."""

import pytest

from commonplace.communities import acts
from commonplace.ledger.errors import NotAllowed
from tests.communities.recorded import last
from tests.story import Story


def test_a_link_is_shown_once_and_leads_in(story: Story) -> None:
    browser = story.browser(story.facilitator)
    made = browser.post("/c/pump-crews/invitations/create").content.decode()
    link = made.split('value="http://testserver')[1].split('"')[0]
    assert link not in browser.get("/c/pump-crews/invitations").content.decode()
    assert story.browser(story.person("Lea")).get(link).status_code == 200


def test_members_do_not_invite(story: Story) -> None:
    lea = story.member("Lea")
    browser = story.browser(lea)
    assert browser.get("/c/pump-crews/invitations").status_code == 403
    assert browser.post("/c/pump-crews/invitations/create").status_code == 403
    with pytest.raises(NotAllowed):
        acts.invite(lea, story.community, secret="mine")


def test_the_secret_is_kept_nowhere(story: Story) -> None:
    invitation = acts.invite(story.facilitator, story.community, secret="open sesame")
    assert "sesame" not in invitation.digest
    assert last("member.invited").object == invitation.pk
    assert last("member.invited").evidence == {}
