"""A facilitator gives roles: to members, and sponsorship to anybody with an account."""

import pytest
from django.db import IntegrityError, transaction

from commonplace.communities import acts
from commonplace.communities.models import Person, Role, RoleKind
from commonplace.communities.policy import serves
from commonplace.ledger.act import writing
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import evidence_of, last
from tests.story import Story

ROLES = "/c/pump-crews/roles"


@pytest.fixture
def lea(story: Story) -> Person:
    return story.member("Lea")


def test_members_serve_and_sponsors_come_from_anywhere(story: Story, lea: Person) -> None:
    browser, sam = story.browser(story.facilitator), story.person("Sam")
    assert browser.post(f"{ROLES}/create", {"kind": "steward", "person": lea.pk}).status_code == 302
    assert browser.post(f"{ROLES}/create", {"kind": "sponsor", "email": "SAM@example.org"}).status_code == 302
    assert serves(lea, story.community, RoleKind.STEWARD)
    assert Role.objects.offered().filter(person=sam).everywhere("test").exists(), "a sponsor is asked first"


def test_the_ledger_knows_role_and_person(story: Story, lea: Person) -> None:
    role = acts.grant_role(story.facilitator, story.community, person=lea, kind=RoleKind.STEWARD)
    evidence = evidence_of("role.granted")
    assert (evidence.role, evidence.person, last("role.granted").object) == (RoleKind.STEWARD, lea.pk, role.pk)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"kind": "steward", "email": "nina@example.org"}, "only a sponsor may serve from outside"),
        ({"kind": "sponsor", "email": "nobody@example.org"}, "Nobody here has the address nobody@example.org."),
        ({"kind": "sponsor", "email": "nobody@"}, "Enter a valid email address."),
        ({"kind": "sponsor"}, "somebody who has an account here"),
        ({"kind": "king", "email": "nina@example.org"}, "king is not one of the available choices"),
    ],
)
def test_what_does_not_fit_is_said_where_it_was_typed(
    story: Story, nina: Person, typed: dict[str, str], says: str
) -> None:
    page = story.browser(story.facilitator).post(f"{ROLES}/create", typed)
    assert page.status_code == 422
    assert says in page.content.decode()
    assert f'value="{typed.get("email", "")}"' in page.content.decode() or "email" not in typed, "what was typed stays"


def test_one_of_two_is_not_left_out_silently(story: Story, lea: Person, nina: Person) -> None:
    typed = {"kind": "sponsor", "person": lea.pk, "email": "nina@example.org"}
    page = story.browser(story.facilitator).post(f"{ROLES}/create", typed)
    assert page.status_code == 422
    assert "Choose a member or type an address, not both." in page.content.decode()
    assert 'value="nina@example.org"' in page.content.decode()
    assert not serves(lea, story.community, RoleKind.SPONSOR)


def test_it_is_said_who_serves_now(story: Story, lea: Person) -> None:
    browser = story.browser(story.facilitator)
    page = browser.post(f"{ROLES}/create", {"kind": "steward", "person": lea.pk}, follow=True).content.decode()
    assert "Lea serves as steward now." in page


def test_members_give_no_roles(story: Story, lea: Person) -> None:
    browser = story.browser(lea)
    assert browser.post(f"{ROLES}/create", {"kind": "facilitator", "person": lea.pk}).status_code == 403
    assert "Give the role" not in browser.get(ROLES).content.decode()
    with pytest.raises(NotAllowed):
        acts.grant_role(lea, story.community, person=lea, kind=RoleKind.FACILITATOR)


def test_nobody_from_outside_serves_as_anything_else(story: Story, nina: Person) -> None:
    for kind in (RoleKind.STEWARD, RoleKind.FACILITATOR):
        with pytest.raises(NotPossible, match="is not a member"):
            acts.grant_role(story.facilitator, story.community, person=nina, kind=kind)


def test_nobody_serves_twice_in_a_role(story: Story) -> None:
    fay = story.facilitator
    with pytest.raises(NotPossible, match="has this role already"):
        acts.grant_role(fay, story.community, person=fay, kind=RoleKind.FACILITATOR)
    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        Role.objects.create(community=story.community, person=fay, kind=RoleKind.FACILITATOR, granted_by=fay)


def test_whoever_cannot_come_in_cannot_serve(story: Story, lea: Person) -> None:
    Person.objects.filter(pk=lea.pk).update(is_active=False)
    unclaimed = Person.objects.create(name="From an archive")
    for person, kind in ((lea, RoleKind.STEWARD), (unclaimed, RoleKind.SPONSOR)):
        with pytest.raises(NotPossible, match="cannot come in"):
            acts.grant_role(story.facilitator, story.community, person=person, kind=kind)
