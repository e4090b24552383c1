"""A link for a sponsor from outside: it offers the role, to one person, and never a membership."""

import html
import re
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client

from commonplace.communities import acts
from commonplace.communities.models import (
    Installation,
    Invitation,
    Membership,
    Person,
    Role,
    RoleKind,
    Visibility,
)
from commonplace.communities.policy import is_member, serves
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import evidence_of, last
from tests.story import Story

SECRET = "for a sponsor"
LINK = "/invitation/for%20a%20sponsor/"


@pytest.fixture
def invitation(story: Story) -> Invitation:
    return acts.invite(story.facilitator, story.community, secret=SECRET, role=RoleKind.SPONSOR)


def taken(person: Person, invitation: Invitation) -> Role:
    acts.accept_invitation(person, invitation, secret=SECRET)
    return Role.objects.visible_to(person).get(person=person)


def test_it_offers_the_role_and_no_membership(story: Story, nina: Person, invitation: Invitation) -> None:
    role = taken(nina, invitation)
    assert (role.kind, role.accepted_at, role.granted_by) == (RoleKind.SPONSOR, None, story.facilitator)
    assert not is_member(nina, story.community)
    assert not serves(nina, story.community, RoleKind.SPONSOR), "nobody sponsors without saying yes"
    assert last("member.invited").evidence == {"brings": "sponsor"}
    assert evidence_of("member.invitation_accepted").brings == RoleKind.SPONSOR
    assert evidence_of("role.granted").asks_first
    acts.accept_role(nina, role)
    assert serves(nina, story.community, RoleKind.SPONSOR)
    assert not is_member(nina, story.community)


def test_it_is_good_once(story: Story, nina: Person, invitation: Invitation) -> None:
    taken(nina, invitation)
    with pytest.raises(NotPossible, match="no longer good"):
        acts.accept_invitation(story.person("Omar"), invitation, secret=SECRET)
    assert story.browser(story.person("Ann")).get(LINK).status_code == 404
    with pytest.raises(NotPossible, match="lets nobody in"):
        acts.withdraw_invitation(story.facilitator, invitation)


def test_it_expires(story: Story, now: Any, nina: Person, invitation: Invitation) -> None:
    with clock.at(invitation.expires_at + timedelta(seconds=1)), pytest.raises(NotPossible, match="no longer good"):
        acts.accept_invitation(nina, invitation, secret=SECRET)


def test_a_member_is_told(story: Story, invitation: Invitation) -> None:
    lea = story.member("Lea")
    with pytest.raises(NotPossible, match="You are a member here"):
        acts.accept_invitation(lea, invitation, secret=SECRET)
    page = story.browser(lea).get(LINK)
    assert "A facilitator can give you this role itself" in page.content.decode()
    assert story.browser(lea).post(f"{LINK}accept").status_code == 422
    assert Invitation.objects.everywhere("test").get(pk=invitation.pk).is_good(), "it is still there for the sponsor"


@pytest.mark.parametrize("has_said_yes", [True, False])
def test_whoever_sponsors_or_is_asked_is_told(
    story: Story, nina: Person, invitation: Invitation, has_said_yes: bool
) -> None:
    role = acts.grant_role(story.facilitator, story.community, person=nina, kind=RoleKind.SPONSOR)
    if has_said_yes:
        acts.accept_role(nina, role)
    with pytest.raises(NotPossible, match="You have this role already, or are asked"):
        acts.accept_invitation(nina, invitation, secret=SECRET)


def test_whoever_said_no_may_be_invited_anew(story: Story, nina: Person, invitation: Invitation) -> None:
    acts.end_role(nina, taken(nina, invitation))
    again = acts.invite(story.facilitator, story.community, secret="again", role=RoleKind.SPONSOR)
    acts.accept_invitation(nina, again, secret="again")
    assert Role.objects.visible_to(nina).filter(person=nina, ended_at=None).count() == 1


def test_it_is_over_once_whoever_made_it_facilitates_no_more(
    story: Story, nina: Person, invitation: Invitation
) -> None:
    second = story.member("Second")
    mine = Role.objects.visible_to(story.facilitator).get(person=story.facilitator)
    acts.hand_over_role(story.facilitator, mine, successor=second)
    with pytest.raises(NotPossible, match="no longer good"):
        acts.accept_invitation(nina, invitation, secret=SECRET)


def test_over_for_its_maker_it_makes_no_account(story: Story, invitation: Invitation) -> None:
    second = story.member("Second")
    mine = Role.objects.visible_to(story.facilitator).get(person=story.facilitator)
    acts.hand_over_role(story.facilitator, mine, successor=second)
    assert Client().get(LINK).status_code == 404
    sue = Person(name="Sue", email="sue@example.org", time_zone="UTC")
    with pytest.raises(NotPossible, match="no longer good"):
        acts.sign_up(sue, Installation.current(), secret=SECRET)


@pytest.mark.breaks_ledger
def test_whoever_a_round_removed_does_not_come_back_by_it(story: Story, now: Any) -> None:
    here = story.found("here", "Here", by=story.facilitator, visibility=Visibility.PRIVATE)
    rex = story.member("Rex", of=here)
    before = acts.invite(story.facilitator, here, secret=SECRET, role=RoleKind.SPONSOR)
    with clock.at(now + timedelta(hours=1)), writing():
        gone = {"left_at": clock.now(), "removed": True}
        Membership.objects.filter(community=here, person=rex).everywhere("a round removed them").update(**gone)
    with clock.at(now + timedelta(hours=2)):
        with pytest.raises(NotPossible, match="removed you"):
            acts.accept_invitation(rex, before, secret=SECRET)
        since = acts.invite(story.facilitator, here, secret="since", role=RoleKind.SPONSOR)
        acts.accept_invitation(rex, since, secret="since")


def test_whoever_stands_in_gives_no_role_by_a_link(story: Story) -> None:
    second, omar = story.serving("Second", RoleKind.FACILITATOR), story.member("Omar")
    role = Role.objects.visible_to(second).get(person=second)
    acts.set_away(second, role, until=clock.now().date() + timedelta(days=9), stand_in=omar)
    acts.invite(omar, story.community, secret="members")
    assert "A sponsor from outside" not in story.browser(omar).get("/c/pump-crews/invitations").content.decode()
    page = story.browser(second).get("/c/pump-crews/invitations")
    assert page.status_code == 200
    assert "A sponsor from outside" in page.content.decode()
    with pytest.raises(NotPossible, match="stand in"):
        acts.invite(omar, story.community, secret="sponsor", role=RoleKind.SPONSOR)


def test_members_make_none_and_no_other_role_is_brought(story: Story) -> None:
    with pytest.raises(NotAllowed):
        acts.invite(story.member("Lea"), story.community, secret="hers", role=RoleKind.SPONSOR)
    with pytest.raises(NotPossible, match="Only a sponsor"):
        acts.invite(story.facilitator, story.community, secret="his", role=RoleKind.FACILITATOR)


def test_a_bot_sponsors_nothing(story: Story, invitation: Invitation) -> None:
    bot = story.person("Relay")
    acts.set_bot(story.operator, bot, bot=True)
    with pytest.raises(NotPossible, match="is a bot"):
        acts.accept_invitation(bot, invitation, secret=SECRET)


def test_the_link_leads_to_the_question_whether_they_take_it(
    story: Story, nina: Person, invitation: Invitation
) -> None:
    browser = story.browser(nina)
    page = browser.get(LINK).content.decode()
    assert "asks you to sponsor" in page
    assert "How long have you" not in page
    asked = browser.post(f"{LINK}accept", follow=True)
    assert "You are asked to serve" in asked.content.decode()
    assert asked.status_code == 200


def test_by_a_new_account_too(client: Client, invitation: Invitation) -> None:
    client.get(LINK)
    page = client.get("/account/signup/").content.decode()
    assert "asks you to sponsor" in page
    assert 'name="experience"' not in page
    word = "correct horse 99"
    typed = {"name": "Sue", "email": "sue@x.org", "password1": word, "password2": word, "time_zone": "UTC"}
    landed = client.post("/account/signup/", typed, follow=True)
    assert "You are asked to serve" in landed.content.decode()
    sue = Person.objects.get(email="sue@x.org")
    assert not is_member(sue, invitation.community)


def test_the_page_makes_one_with_a_letter_to_one_address(story: Story) -> None:
    browser, address = story.browser(story.facilitator), "/c/pump-crews/invitations/create"
    two = browser.post(address, {"role": "sponsor", "people": "a@x.org b@x.org"})
    assert two.status_code == 422
    assert "leave one address, or none" in two.content.decode()
    assert browser.post(address, {"role": "steward"}).status_code == 422
    made = html.unescape(browser.post(address, {"role": "sponsor", "people": "a@x.org"}).content.decode())
    assert "It is good once" in made
    assert "This link is for you alone, once" in made
    assert "for a sponsor, once" in made


@pytest.mark.parametrize("visibility", Visibility.values)
def test_before_they_say_yes_they_are_led_only_where_it_opens(story: Story, nina: Person, visibility: str) -> None:
    here = story.found("here", "Here", by=story.facilitator, visibility=visibility)
    role = acts.grant_role(story.facilitator, here, person=nina, kind=RoleKind.SPONSOR)
    browser = story.browser(nina)
    offer = browser.get(role.get_absolute_url())
    assert "You are asked to serve" in offer.content.decode()
    ways = set(re.findall(r'<a [^>]*href="(/c/[^"]*)"', offer.content.decode()))
    assert {way for way in ways if browser.get(way, follow=True).status_code != 200} == set()
    assert ("/c/here/" in ways) is (visibility != Visibility.PRIVATE)


def test_page_letter_and_question_say_what_a_sponsor_does_and_what_is_first(
    story: Story, nina: Person, invitation: Invitation
) -> None:
    browser = story.browser(nina)
    made = story.browser(story.facilitator).post(
        "/c/pump-crews/invitations/create", {"role": "sponsor", "people": "a@x.org"}
    )
    for page in (browser.get(LINK), made, browser.post(f"{LINK}accept", follow=True)):
        shown = " ".join(unquote(html.unescape(page.content.decode())).split())
        assert "A sponsor protects and equips the community, signs objectives with it" in shown
        assert re.search(r"First\b.*read its objectives\.", shown)
