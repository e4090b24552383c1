"""Roles: granted, handed over, ended; a community is never without a facilitator."""

import pytest
from django.db import IntegrityError, transaction

from commonplace.communities import acts
from commonplace.communities.models import Person, Role, RoleKind
from commonplace.communities.policy import serves
from commonplace.ledger.act import writing
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.story import Story

ROLES = "/c/pump-crews/roles"


@pytest.fixture
def lea(story: Story) -> Person:
    return story.member("Lea")


def role_of(person: Person) -> Role:
    return person.roles.get(ended_at=None)


def test_a_facilitator_gives_roles_to_members_and_sponsorship_to_anybody(story: Story, lea: Person) -> None:
    browser, sam = story.browser(story.facilitator), story.person("Sam")
    assert browser.post(f"{ROLES}/create", {"kind": "steward", "person": lea.pk}).status_code == 302
    assert browser.post(f"{ROLES}/create", {"kind": "sponsor", "email": "SAM@example.org"}).status_code == 302
    assert serves(lea, story.community, RoleKind.STEWARD)
    assert serves(sam, story.community, RoleKind.SPONSOR)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"kind": "steward", "email": "sam@example.org"}, "only a sponsor may serve from outside"),
        ({"kind": "sponsor", "email": "nobody@example.org"}, "somebody who has an account here"),
        ({"kind": "sponsor"}, "somebody who has an account here"),
        ({"kind": "king", "email": "sam@example.org"}, "king is not one of the available choices"),
    ],
)
def test_what_does_not_fit_is_said_where_it_was_typed(story: Story, typed: dict[str, str], says: str) -> None:
    story.person("Sam")
    page = story.browser(story.facilitator).post(f"{ROLES}/create", typed)
    assert page.status_code == 422
    assert says in page.content.decode()


def test_members_give_no_roles(story: Story, lea: Person) -> None:
    browser = story.browser(lea)
    assert browser.post(f"{ROLES}/create", {"kind": "facilitator", "person": lea.pk}).status_code == 403
    assert "Give the role" not in browser.get(ROLES).content.decode()
    with pytest.raises(NotAllowed):
        acts.end_role(lea, role_of(story.facilitator))


def test_a_role_is_handed_over_by_whoever_holds_it(story: Story, lea: Person) -> None:
    steward = story.serving("Omar", RoleKind.STEWARD)
    form = {"role": role_of(steward).pk, "successor": lea.pk}
    assert story.browser(steward).post(f"{ROLES}/hand-over", form).status_code == 302
    assert serves(lea, story.community, RoleKind.STEWARD)
    assert not serves(steward, story.community, RoleKind.STEWARD)


def test_nobody_hands_over_what_another_holds(story: Story, lea: Person) -> None:
    form = {"role": role_of(story.facilitator).pk, "successor": lea.pk}
    page = story.browser(lea).post(f"{ROLES}/hand-over", form)
    assert page.status_code == 422
    assert serves(story.facilitator, story.community, RoleKind.FACILITATOR)


def test_the_last_facilitator_hands_over_and_does_not_end(story: Story, lea: Person) -> None:
    browser = story.browser(story.facilitator)
    refused = browser.post(f"{ROLES}/{role_of(story.facilitator).pk}/end")
    assert refused.status_code == 422
    assert "A community needs a facilitator" in refused.content.decode()
    browser.post(f"{ROLES}/hand-over", {"role": role_of(story.facilitator).pk, "successor": lea.pk})
    assert serves(lea, story.community, RoleKind.FACILITATOR)
    assert browser.get("/c/pump-crews/invitations").status_code == 403, "a right taken away stops with the next request"


def test_a_sponsor_may_stop(story: Story) -> None:
    sam = story.serving("Sam", RoleKind.SPONSOR)
    ended = story.browser(sam).post(f"{ROLES}/{role_of(sam).pk}/end")
    assert ended["Location"] == "/me/"
    assert not serves(sam, story.community, RoleKind.SPONSOR)


def test_nobody_serves_twice_in_a_role(story: Story) -> None:
    fay = story.facilitator
    with pytest.raises(NotPossible, match="has this role already"):
        acts.grant_role(fay, story.community, person=fay, kind=RoleKind.FACILITATOR)
    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        Role.objects.create(community=story.community, person=fay, kind=RoleKind.FACILITATOR, granted_by=fay)


def test_whoever_cannot_come_in_cannot_serve(story: Story) -> None:
    gone = story.member("Gone")
    gone.is_active = False
    gone.save()
    with pytest.raises(NotPossible, match="cannot come in"):
        acts.grant_role(story.facilitator, story.community, person=gone, kind=RoleKind.STEWARD)
