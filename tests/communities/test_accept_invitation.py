"""Whoever has the secret of an invitation comes in, while it is good; the act compares the secret itself."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from commonplace.communities import acts
from commonplace.communities.evidence import How
from commonplace.communities.models import Community, Experience, Invitation, JoinRequest, Membership, Person
from commonplace.communities.policy import is_member
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import evidence_of, last
from tests.story import Story

LINK = "/invitation/open%20sesame/"


@pytest.fixture
def invitation(story: Story, quiet: Community) -> Invitation:
    return acts.invite(story.facilitator, quiet, secret="open sesame")


def test_the_secret_lets_in_even_where_nothing_is_listed(
    nina: Person, quiet: Community, invitation: Invitation
) -> None:
    acts.accept_invitation(nina, invitation, secret="open sesame", experience=Experience.EXPERIENCED)
    assert is_member(nina, quiet)
    assert last("member.invitation_accepted").object == invitation.pk
    joined, membership = last("member.joined"), Membership.objects.visible_to(nina).get(person=nina)
    assert (joined.object, joined.community, joined.experience) == (membership.pk, quiet.pk, "experienced")
    assert evidence_of("member.joined").how == How.INVITED


@pytest.mark.parametrize("secret", ["", "open sesam", "open sesame "])
def test_without_the_secret_the_row_opens_nothing(
    nina: Person, quiet: Community, invitation: Invitation, secret: str
) -> None:
    with pytest.raises(NotPossible, match="not copied whole"):
        acts.accept_invitation(nina, invitation, secret=secret)
    assert not is_member(nina, quiet)


def test_the_digest_is_no_secret(nina: Person, invitation: Invitation) -> None:
    with pytest.raises(NotPossible):
        acts.accept_invitation(nina, invitation, secret=invitation.digest)


def test_one_withdrawn_meanwhile_lets_nobody_in(story: Story, nina: Person, invitation: Invitation) -> None:
    stale = Invitation.objects.everywhere("test").get(pk=invitation.pk)
    acts.withdraw_invitation(story.facilitator, invitation)
    with pytest.raises(NotPossible, match="no longer good"):
        acts.accept_invitation(nina, stale, secret="open sesame")


def test_an_invitation_expires(story: Story, quiet: Community, now: Any, nina: Person, invitation: Invitation) -> None:
    with clock.at(now.replace(year=now.year + 1)):
        browser = story.browser(nina)
        assert browser.get(LINK).status_code == 404
        assert browser.post(f"{LINK}accept").status_code == 404
    assert not is_member(nina, quiet)


def body(page: Any) -> str:
    return re.sub(r'value="\w{64}"|"x-csrftoken": "\w+"', "", page.content.decode())


@pytest.mark.parametrize("over", ["withdrawn", "expired", "never was"])
def test_an_invitation_that_is_over_says_the_same_to_who_takes_it_up_as_to_who_looks(
    story: Story, quiet: Community, now: datetime, nina: Person, invitation: Invitation, over: str
) -> None:
    link = "/invitation/guessed/" if over == "never was" else LINK
    if over == "withdrawn":
        acts.withdraw_invitation(story.facilitator, invitation)
    with clock.at(now.replace(year=now.year + (over == "expired"))):
        looked, taken = story.browser(nina).get(link), story.browser(nina).post(f"{link}accept")
    assert (taken.status_code, body(taken)) == (looked.status_code, body(looked))
    for secret in (quiet.title, quiet.charter.domain, story.facilitator.name):
        assert secret not in body(taken)


def test_one_withdrawn_while_it_is_taken_up_says_nothing_more(
    story: Story, quiet: Community, nina: Person, invitation: Invitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept = acts.accept_invitation

    def late(*given: Any, **how: Any) -> Any:
        acts.withdraw_invitation(story.facilitator, invitation)
        return accept(*given, **how)

    monkeypatch.setattr(acts, "accept_invitation", late)
    page = story.browser(nina).post(f"{LINK}accept")
    assert page.status_code == 404
    assert quiet.title not in body(page)


def test_a_member_does_not_come_in_again(nina: Person, invitation: Invitation) -> None:
    acts.accept_invitation(nina, invitation, secret="open sesame")
    with pytest.raises(NotPossible, match="already a member"):
        acts.accept_invitation(nina, invitation, secret="open sesame")


def test_nobody_who_was_shut_out(nina: Person, invitation: Invitation) -> None:
    Person.objects.filter(pk=nina.pk).update(is_active=False)
    with pytest.raises(NotAllowed):
        acts.accept_invitation(nina, invitation, secret="open sesame")


def test_whoever_comes_by_invitation_waits_no_longer(story: Story, nina: Person, closed: Community) -> None:
    acts.ask_to_join(nina, closed, words="")
    acts.accept_invitation(nina, acts.invite(story.facilitator, closed, secret="s"), secret="s")
    assert not JoinRequest.objects.visible_to(story.facilitator).waiting().exists()


def test_whoever_has_an_account_signs_in_first_and_comes_back(
    story: Story, quiet: Community, invitation: Invitation
) -> None:
    lea = story.person("Lea")
    lea.set_password("rain on the roof")
    lea.save()
    browser = Client()
    assert f"/account/login/?next={LINK.replace('%', '%25')}" in browser.get(LINK).content.decode()
    back = browser.post("/account/login/", {"login": lea.email, "password": "rain on the roof", "next": LINK})
    assert back["Location"] == LINK
    assert "Is this work new to you?" in browser.get(LINK).content.decode()
    assert browser.post(f"{LINK}accept", {"experience": "new"})["Location"] == "/c/quiet/"
    assert Membership.objects.visible_to(lea).get(person=lea).experience == Experience.NEW
    assert browser.get(LINK)["Location"] == "/c/quiet/", "a member is led in"


@pytest.mark.parametrize("secret", ["guessed", "x" * 900])
def test_a_link_that_never_was_is_not_told_from_an_old_one(story: Story, secret: str) -> None:
    page = Client().get(f"/invitation/{secret}/")
    assert page.status_code == 404
    assert "no longer good" in page.content.decode()
