"""A role is handed over by whoever holds it, or by a facilitator, while it is held."""

import pytest

from commonplace.communities import acts
from commonplace.communities.models import Person, RoleKind
from commonplace.communities.policy import serves
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import evidence_of, last, verbs
from tests.story import Story, role_of

ROLES = "/c/pump-crews/roles"


@pytest.fixture
def lea(story: Story) -> Person:
    return story.member("Lea")


def test_one_ends_and_one_begins(story: Story, lea: Person) -> None:
    steward = story.serving("Omar", RoleKind.STEWARD)
    form = {"role": role_of(steward).pk, "successor": lea.pk}
    assert story.browser(steward).post(f"{ROLES}/hand-over", form).status_code == 302
    assert serves(lea, story.community, RoleKind.STEWARD)
    assert not serves(steward, story.community, RoleKind.STEWARD)
    evidence = evidence_of("role.handed_over")
    assert (evidence.role, evidence.person, evidence.successor) == (RoleKind.STEWARD, steward.pk, lea.pk)
    assert last("role.handed_over").object == role_of(lea).pk


def test_nobody_hands_over_what_another_holds(story: Story, lea: Person) -> None:
    role = role_of(story.facilitator)
    page = story.browser(lea).post(f"{ROLES}/hand-over", {"role": role.pk, "successor": lea.pk})
    assert page.status_code == 422
    with pytest.raises(NotAllowed):
        acts.hand_over_role(lea, role, successor=lea)
    assert serves(story.facilitator, story.community, RoleKind.FACILITATOR)


def test_the_last_facilitator_hands_over(story: Story, lea: Person) -> None:
    browser = story.browser(story.facilitator)
    browser.post(f"{ROLES}/hand-over", {"role": role_of(story.facilitator).pk, "successor": lea.pk})
    assert serves(lea, story.community, RoleKind.FACILITATOR)
    assert browser.get("/c/pump-crews/invitations").status_code == 403, "a right taken away stops with the next request"


def test_one_that_has_ended_is_not_handed_over_however_old_the_copy(story: Story, lea: Person) -> None:
    steward = story.serving("Omar", RoleKind.STEWARD)
    stale = role_of(steward)
    acts.end_role(steward, role_of(steward))
    for person in (steward, story.facilitator):
        with pytest.raises(NotPossible, match="has ended already"):
            acts.hand_over_role(person, stale, successor=lea)
    assert not serves(lea, story.community, RoleKind.STEWARD)
    assert "role.handed_over" not in verbs()


def test_the_successor_must_fit(story: Story, lea: Person, nina: Person) -> None:
    steward, other = story.serving("Omar", RoleKind.STEWARD), story.serving("Ann", RoleKind.STEWARD)
    for successor, says in ((nina, "not a member"), (other, "has this role already"), (steward, "has this role")):
        with pytest.raises(NotPossible, match=says):
            acts.hand_over_role(steward, role_of(steward), successor=successor)
