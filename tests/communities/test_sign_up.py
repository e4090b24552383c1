"""Signing up: by invitation, or open if the operator allows it; and lands where the invitation leads."""

from typing import Any

import pytest
from django.test import Client

from commonplace.communities import acts
from commonplace.communities.models import Installation, Person, Visibility
from commonplace.communities.policy import is_member
from commonplace.ledger import clock
from tests.story import Story

NINA = {
    "name": "Nina\nNew",
    "email": "Nina@example.org",
    "password1": "rain on the roof",
    "password2": "rain on the roof",
}


def invitation(story: Story, of: Any = None) -> str:
    acts.invite(story.facilitator, of or story.community, secret="open sesame")
    return "/invitation/open%20sesame/"


def test_without_an_invitation_sign_up_is_closed(story: Story) -> None:
    page = Client().post("/account/signup/", NINA)
    assert "by invitation" in page.content.decode()
    assert Person.objects.of_address("nina@example.org") is None


def test_the_operator_may_open_it(story: Story) -> None:
    story.browser(story.operator).post("/operator/update", {"name": "Waterworks", "open_signup": "on"})
    assert Installation.current().name == "Waterworks"
    signed_up = Client().post("/account/signup/", NINA)
    assert signed_up["Location"] == "/"
    nina = Person.objects.of_address("nina@example.org")
    assert nina
    assert (nina.name, nina.is_operator) == ("Nina New", False)


def test_an_invitation_lets_one_sign_up_and_lands_in_the_community(story: Story) -> None:
    private = story.found("quiet", "Quiet circle", by=story.facilitator, visibility=Visibility.PRIVATE)
    browser, address = Client(), invitation(story, private)
    page = browser.get(address).content.decode()
    assert "Quiet circle" in page
    assert "Fay Facilitator invites you" in page
    landed = browser.post("/account/signup/", NINA, follow=True)
    assert landed.redirect_chain == [("/c/quiet/", 302)]
    nina = Person.objects.of_address("nina@example.org")
    assert is_member(nina, private)


def test_an_invitation_withdrawn_meanwhile_lets_nobody_sign_up(story: Story) -> None:
    browser, address = Client(), invitation(story)
    browser.get(address)
    acts.withdraw_invitation(story.facilitator, story.community.invitations.get())
    browser.post("/account/signup/", NINA)
    assert Person.objects.of_address("nina@example.org") is None


def test_whoever_has_an_account_signs_in_first_and_comes_back(story: Story) -> None:
    lea, address = story.person("Lea"), invitation(story)
    lea.set_password("rain on the roof")
    lea.save()
    browser = Client()
    assert f"/account/login/?next={address.replace('%', '%25')}" in browser.get(address).content.decode()
    back = browser.post("/account/login/", {"login": lea.email, "password": "rain on the roof", "next": address})
    assert back["Location"] == address
    assert browser.post(address + "accept")["Location"] == "/c/pump-crews/"
    assert is_member(lea, story.community)
    assert browser.get(address)["Location"] == "/c/pump-crews/", "a member is led in"


def test_an_address_that_is_taken_is_told_and_nothing_is_lost(story: Story) -> None:
    story.person("Nina")
    browser = Client()
    browser.get(invitation(story))
    page = browser.post("/account/signup/", NINA)
    assert "already" in page.content.decode()
    assert "Nina" in page.content.decode()


def test_an_address_taken_in_the_last_moment_makes_no_second_person(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Client()
    browser.get(invitation(story))
    story.person("Nina")
    monkeypatch.setattr("allauth.account.internal.flows.manage_email.assess_unique_email", lambda *args, **kwargs: True)
    assert browser.post("/account/signup/", NINA)["Location"] == "/account/signup/"
    assert Person.objects.filter(email="nina@example.org").count() == 1


def test_upper_and_lower_case_are_the_same_address(story: Story) -> None:
    story.person("Lea")
    assert Person.objects.of_address(" LEA@Example.org ")
    assert Person(name="x", email="A@B.org").email == "A@B.org"
    added = acts.add_person(story.operator, Installation.current(), person=Person(name="x", email="A@B.org"))
    assert added.email == "a@b.org"


@pytest.mark.parametrize("secret", ["guessed", "x" * 900])
def test_a_link_that_never_was_is_not_told_from_an_old_one(story: Story, secret: str) -> None:
    page = Client().get(f"/invitation/{secret}/")
    assert page.status_code == 404
    assert "no longer good" in page.content.decode()


def test_an_invitation_expires(story: Story, now: Any) -> None:
    address, lea = invitation(story), story.person("Lea")
    with clock.at(now.replace(year=now.year + 1)):
        browser = story.browser(lea)
        assert browser.get(address).status_code == 404
        assert browser.post(address + "accept").status_code == 422
    assert not is_member(lea, story.community)
