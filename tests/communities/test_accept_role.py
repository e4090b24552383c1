"""Nobody becomes a sponsor without saying yes: a sponsor takes no stance, so the role could mute a member."""

import pytest

from commonplace.communities import acts
from commonplace.communities.models import Person, Role, RoleKind
from commonplace.communities.policy import serves
from commonplace.communities.speaking import speakers
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import last
from tests.story import Story, role_of

ROLES = "/c/pump-crews/roles"


@pytest.fixture
def lea(story: Story) -> Person:
    return story.member("Lea")


@pytest.fixture
def offer(story: Story, lea: Person) -> Role:
    return acts.grant_role(story.facilitator, story.community, person=lea, kind=RoleKind.SPONSOR)


def test_until_then_nothing_changes(story: Story, lea: Person, offer: Role) -> None:
    assert not serves(lea, story.community, RoleKind.SPONSOR)
    assert speakers(story.community).filter(person=lea).exists()
    assert "asked, has not answered yet" in story.browser(story.facilitator).get(ROLES).content.decode()


def test_who_is_asked_reads_it_on_their_home_and_accepts(story: Story, lea: Person, offer: Role) -> None:
    browser = story.browser(lea)
    assert offer.get_absolute_url() in browser.get("/").content.decode()
    assert "no round that opens asks you" in browser.get(offer.get_absolute_url()).content.decode()
    assert "You serve as sponsor now" in browser.post(f"{ROLES}/{offer.pk}/acceptance", follow=True).content.decode()
    assert serves(lea, story.community, RoleKind.SPONSOR)
    assert last("role.accepted").evidence["person"] == lea.pk
    assert "accepted this role already" in browser.get(offer.get_absolute_url()).content.decode()


def test_or_declines(story: Story, lea: Person, offer: Role) -> None:
    story.browser(lea).post(f"{ROLES}/{offer.pk}/refusal")
    assert not serves(lea, story.community, RoleKind.SPONSOR)
    with pytest.raises(NotPossible, match="ended already"):
        acts.accept_role(lea, offer)


def test_somebody_from_outside_a_private_community_reads_it_too(story: Story) -> None:
    private = story.found("valves", "Valves", by=story.facilitator, visibility="private")
    sam = story.person("Sam")
    offer = acts.grant_role(story.facilitator, private, person=sam, kind=RoleKind.SPONSOR)
    assert story.browser(sam).get(offer.get_absolute_url()).status_code == 200
    assert story.browser(story.member("Omar")).get(offer.get_absolute_url()).status_code == 404


def test_nobody_accepts_for_another(story: Story, lea: Person, offer: Role) -> None:
    with pytest.raises(NotAllowed):
        acts.accept_role(story.facilitator, offer)


def test_who_takes_it_themselves_has_said_yes(story: Story) -> None:
    role = acts.grant_role(story.facilitator, story.community, person=story.facilitator, kind=RoleKind.SPONSOR)
    assert role.accepted_at
    with pytest.raises(NotPossible, match="already"):
        acts.accept_role(story.facilitator, role)


def test_a_sponsor_who_hands_over_asks_too(story: Story, lea: Person) -> None:
    sam = story.serving("Sam", RoleKind.SPONSOR)
    role = acts.hand_over_role(sam, role_of(sam), successor=lea)
    assert role.accepted_at is None
    assert not serves(lea, story.community, RoleKind.SPONSOR)


def test_who_is_asked_from_outside_is_told_on_their_home(story: Story) -> None:
    outside = story.person("Sam Sponsor")
    role = acts.grant_role(story.facilitator, story.community, person=outside, kind=RoleKind.SPONSOR)
    assert role.get_absolute_url() in story.browser(outside).get("/").content.decode()


def test_who_tends_the_community_is_told_of_a_no_and_not_of_what_they_took_back(story: Story) -> None:
    browser = story.browser(story.facilitator)
    for name, ends in (("Sam", None), ("Sue", story.facilitator)):
        person = story.person(name)
        role = acts.grant_role(story.facilitator, story.community, person=person, kind=RoleKind.SPONSOR)
        acts.end_role(ends or person, role)
    page = browser.get("/").content.decode()
    assert "Sam has said no" in page
    assert "Sue has said no" not in page
