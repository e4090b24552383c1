"""A role is ended by whoever holds it, or by a facilitator, once; a community is never without a facilitator."""

import pytest

from commonplace.communities import acts
from commonplace.communities.models import Person, Role, RoleKind
from commonplace.communities.policy import serves
from commonplace.ledger.act import writing
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import evidence_of, last, verbs
from tests.story import Story, role_of

ROLES = "/c/pump-crews/roles"


def test_a_sponsor_may_stop(story: Story) -> None:
    sam = story.serving("Sam", RoleKind.SPONSOR)
    role = role_of(sam)
    ended = story.browser(sam).post(f"{ROLES}/{role.pk}/end")
    assert ended["Location"] == "/me/"
    assert not serves(sam, story.community, RoleKind.SPONSOR)
    evidence = evidence_of("role.ended")
    assert (evidence.role, evidence.person, last("role.ended").object) == (RoleKind.SPONSOR, sam.pk, role.pk)


def test_members_end_no_role(story: Story) -> None:
    with pytest.raises(NotAllowed):
        acts.end_role(story.member("Lea"), role_of(story.facilitator))


def test_the_last_facilitator_does_not_end(story: Story) -> None:
    refused = story.browser(story.facilitator).post(f"{ROLES}/{role_of(story.facilitator).pk}/end")
    assert refused.status_code == 422
    assert "A community needs a facilitator" in refused.content.decode()


def test_a_second_one_who_cannot_come_in_does_not_count(story: Story) -> None:
    omar = story.serving("Omar", RoleKind.FACILITATOR)
    with writing():
        Person.objects.filter(pk=omar.pk).update(is_active=False)
    with pytest.raises(NotPossible, match="needs a facilitator"):
        acts.end_role(story.facilitator, role_of(story.facilitator))


def test_the_last_facilitator_is_told_before(story: Story) -> None:
    browser, role = story.browser(story.facilitator), role_of(story.facilitator)
    page = browser.get(ROLES).content.decode()
    assert "A community needs a facilitator who is here. Hand the role over instead." in page
    assert f"{ROLES}/{role.pk}/end" not in page
    assert "There is nobody here yet to hand it to." in page
    assert 'href="/c/pump-crews/invitations"' in page
    story.serving("Omar", RoleKind.FACILITATOR)
    page = browser.get(ROLES).content.decode()
    assert f"{ROLES}/{role.pk}/end" in page
    assert "Hand it over</button>" in page


def test_whoever_ends_a_role_reads_it(story: Story) -> None:
    steward = story.serving("Omar", RoleKind.STEWARD)
    page = story.browser(steward).post(f"{ROLES}/{role_of(steward).pk}/end", follow=True).content.decode()
    assert "Omar no longer serves as steward." in page


def test_it_ends_once_however_old_the_page(story: Story) -> None:
    steward = story.serving("Omar", RoleKind.STEWARD)
    stale, role = role_of(steward), role_of(steward)
    ended_at = acts.end_role(steward, role).ended_at
    with pytest.raises(NotPossible, match="has ended already"):
        acts.end_role(story.facilitator, stale)
    page = story.browser(story.facilitator).post(f"{ROLES}/{role.pk}/end")
    assert page.status_code == 422
    assert "has ended already" in page.content.decode()
    assert Role.objects.everywhere("test").get(pk=role.pk).ended_at == ended_at
    assert verbs().count("role.ended") == 1


def test_one_that_was_handed_over_is_not_ended_again(story: Story) -> None:
    steward, lea = story.serving("Omar", RoleKind.STEWARD), story.member("Lea")
    stale = role_of(steward)
    acts.hand_over_role(steward, role_of(steward), successor=lea)
    with pytest.raises(NotPossible, match="has ended already"):
        acts.end_role(steward, stale)
    assert serves(lea, story.community, RoleKind.STEWARD)
