"""Leaving: membership and roles end; a community is not left without a facilitator."""

import pytest

from commonplace.communities import acts
from commonplace.communities.models import Person, RoleKind
from commonplace.communities.policy import is_member, serves
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import last
from tests.story import Story


def test_membership_and_roles_end(story: Story) -> None:
    omar = story.serving("Omar", RoleKind.STEWARD)
    membership = acts.leave(omar, story.community)
    assert not is_member(omar, story.community)
    assert not serves(omar, story.community, RoleKind.STEWARD)
    assert (last("member.left").actor, last("member.left").object) == (omar.pk, membership.pk)


def test_only_members_leave(story: Story, nina: Person) -> None:
    with pytest.raises(NotAllowed):
        acts.leave(nina, story.community)


def test_nobody_leaves_twice(story: Story) -> None:
    lea = story.member("Lea")
    acts.leave(lea, story.community)
    with pytest.raises(NotAllowed):
        acts.leave(lea, story.community)


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


def test_the_only_facilitator_is_told_before(story: Story) -> None:
    browser = story.browser(story.facilitator)
    for path in ("/c/pump-crews/", "/me/"):
        page = browser.get(path).content.decode()
        assert "You are the only facilitator who is here. Hand the role over first, then leave." in page
        assert 'href="/c/pump-crews/roles#hand-over"' in page
        assert "membership/end" not in page
    story.serving("Omar", RoleKind.FACILITATOR)
    for path in ("/c/pump-crews/", "/me/"):
        page = browser.get(path).content.decode()
        assert "You are the only facilitator" not in page
        assert "membership/end" in page
