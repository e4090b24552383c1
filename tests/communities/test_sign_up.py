"""Signing up: by an invitation's secret, or open if the operator allows it; the act itself asks for the way in."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from commonplace.communities import acts, zones
from commonplace.communities.models import Community, Experience, Installation, Membership, Person
from commonplace.communities.policy import is_member
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import last
from tests.story import Story

NINA = {
    "name": "Nina\nNew",
    "email": "Nina@example.org",
    "password1": "rain on the roof",
    "password2": "rain on the roof",
}


def somebody(**fields: object) -> Person:
    return Person(**{"name": "Nina", "email": "nina@example.org", **fields})


def invitation(story: Story, of: Community | None = None) -> str:
    acts.invite(story.facilitator, of or story.community, secret="open sesame")
    return "/invitation/open%20sesame/"


def opened(story: Story) -> None:
    acts.set_installation(story.operator, Installation.current(), name="Waterworks", open_signup=True)


def test_without_an_invitation_sign_up_is_closed(story: Story) -> None:
    page = Client().post("/account/signup/", NINA)
    assert "by invitation" in page.content.decode()
    assert Person.objects.of_address("nina@example.org") is None


@pytest.mark.parametrize("installation", [Installation(), Installation(open_signup=True)])
def test_nobody_comes_in_past_the_page_either(story: Story, installation: Installation) -> None:
    for secret in ("", "guessed"):
        with pytest.raises(NotPossible, match="by invitation"):
            acts.sign_up(somebody(), installation, secret=secret)
    assert Person.objects.of_address("nina@example.org") is None


def test_the_secret_of_an_invitation_is_a_way_in_while_it_is_good(story: Story) -> None:
    invitation(story)
    nina = acts.sign_up(somebody(is_operator=True), Installation.current(), secret="open sesame")
    assert (nina.is_operator, last("person.signed_up").object) == (False, nina.pk)
    row = story.community.invitations.get()
    with clock.at(row.expires_at), pytest.raises(NotPossible, match="no longer good"):
        acts.sign_up(somebody(email="late@example.org"), Installation.current(), secret="open sesame")
    acts.withdraw_invitation(story.facilitator, row)
    with pytest.raises(NotPossible, match="no longer good"):
        acts.sign_up(somebody(email="later@example.org"), Installation.current(), secret="open sesame")


def test_the_operator_may_open_it(story: Story) -> None:
    story.browser(story.operator).post("/operator/update", {"name": "Waterworks", "open_signup": "on"})
    signed_up = Client().post("/account/signup/", NINA)
    assert signed_up["Location"] == "/"
    nina = Person.objects.of_address("nina@example.org")
    assert nina
    assert (nina.name, nina.is_operator) == ("Nina New", False)


@pytest.mark.django_db
def test_the_first_account_is_made_once_and_is_the_operator() -> None:
    with pytest.raises(NotPossible, match="by invitation"):
        acts.sign_up(somebody(), Installation())
    assert acts.sign_up(somebody(), Installation(), first=True).is_operator
    with pytest.raises(NotPossible, match="first account already"):
        acts.sign_up(somebody(email="max@example.org"), Installation(), first=True)
    assert Installation.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "says"),
    [({"email": "FAY.facilitator@example.org"}, "already has the address"), ({"email": ""}, "needs an e-mail address")],
)
def test_an_account_has_an_address_of_its_own(story: Story, fields: dict[str, str], says: str) -> None:
    opened(story)
    with pytest.raises(NotPossible, match=says):
        acts.sign_up(somebody(**fields), Installation.current())


def test_whoever_is_here_does_not_sign_up_again(story: Story, nina: Person) -> None:
    opened(story)
    with pytest.raises(NotPossible, match="already has the address"):
        acts.sign_up(nina, Installation.current())


def test_nobody_signs_up_into_a_unit_that_was_merged(story: Story) -> None:
    opened(story)
    north, south = story.unit("North"), story.unit("South")
    assert north
    assert south
    newcomer = somebody(unit=north)
    acts.merge_unit(story.operator, north, into=south)
    with pytest.raises(NotPossible, match="was merged into South"):
        acts.sign_up(newcomer, Installation.current())


def test_nobody_who_was_shut_out_before_they_came(story: Story) -> None:
    opened(story)
    with pytest.raises(NotAllowed):
        acts.sign_up(somebody(is_active=False), Installation.current())


def test_an_invitation_lets_one_sign_up_and_lands_in_the_community(story: Story, quiet: Community) -> None:
    browser, address = Client(), invitation(story, quiet)
    page = browser.get(address).content.decode()
    assert "Quiet circle" in page
    assert "Fay Facilitator invites you" in page
    page = browser.get("/account/signup/").content.decode()
    assert "Is this work new to you?" in page
    assert f"{story.facilitator.name} invites you to {quiet.title}." in page
    assert "Make an account and join" in page
    landed = browser.post("/account/signup/", {**NINA, "experience": "new"}, follow=True)
    assert landed.redirect_chain == [("/c/quiet/", 302)]
    nina = Person.objects.of_address("nina@example.org")
    assert is_member(nina, quiet)
    assert Membership.objects.visible_to(nina).get(person=nina).experience == Experience.NEW
    assert last("member.joined").experience == "new"


def test_who_joined_by_signing_up_is_told_so(story: Story, quiet: Community) -> None:
    browser = Client()
    browser.get(invitation(story, quiet))
    landed = browser.post("/account/signup/", NINA, follow=True)
    assert f"You are a member of {quiet.title} now." in landed.content.decode()


def test_without_an_invitation_nobody_is_asked_about_work(story: Story) -> None:
    opened(story)
    assert "Is this work new to you?" not in Client().get("/account/signup/").content.decode()


def test_an_invitation_withdrawn_meanwhile_lets_nobody_sign_up(story: Story) -> None:
    browser = withdrawn_meanwhile(story)
    browser.post("/account/signup/", NINA)
    assert Person.objects.of_address("nina@example.org") is None


def withdrawn_meanwhile(story: Story) -> Client:
    """The form is open in a browser."""
    browser = Client()
    browser.get(invitation(story))
    acts.withdraw_invitation(story.facilitator, story.community.invitations.get())
    return browser


@pytest.mark.parametrize("typed", [NINA, {**NINA, "password2": "rain on the rood"}])
def test_whose_invitation_was_withdrawn_meanwhile_reads_what_to_do_and_loses_nothing(
    story: Story, typed: dict[str, str]
) -> None:
    browser = withdrawn_meanwhile(story)
    page = browser.post("/account/signup/", {**typed, "experience": "new"})
    words = page.content.decode()
    assert page.status_code == 422
    assert story.facilitator.name not in words
    assert story.community.title not in words
    assert "This invitation was withdrawn, or its time is over." in words
    assert "Ask whoever sent you the link for another." in words
    assert "Open it in this browser within the hour" in words
    assert ("This invitation is no longer good. Ask a facilitator" in words) is (typed is NINA)
    for kept in ('value="Nina New"', 'value="Nina@example.org"'):
        assert kept.lower() in words.lower().replace("\n", " ")
    assert "rain on the roof" not in words
    closed = browser.get("/account/signup/").content.decode()
    assert "This invitation is no longer good." in closed
    assert story.facilitator.name not in closed
    assert story.community.title not in closed
    assert "Ask whoever sent you the link for another." in closed
    assert "what you typed will be in the form again" in closed


def test_what_was_typed_is_there_again_with_a_new_link(story: Story) -> None:
    browser = withdrawn_meanwhile(story)
    browser.post("/account/signup/", {**NINA, "experience": "new"})
    acts.invite(story.facilitator, story.community, secret="open again")
    browser.get("/invitation/open%20again/")
    words = browser.get("/account/signup/").content.decode()
    assert 'value="Nina New"' in " ".join(words.split())
    assert 'value="nina@example.org"' in words.lower()
    assert browser.post("/account/signup/", {**NINA, "experience": "new"})["Location"] == "/c/pump-crews/"
    assert "typed" not in browser.session


def refused(story: Story) -> Client:
    """With what they typed kept."""
    browser = withdrawn_meanwhile(story)
    browser.post("/account/signup/", NINA)
    return browser


def form_by(browser: Client, story: Story, community: Community) -> str:
    acts.invite(story.facilitator, community, secret="open again")
    browser.get("/invitation/open%20again/")
    return browser.get("/account/signup/").content.decode()


def test_what_was_typed_is_not_shown_to_whoever_comes_for_another_community(story: Story, quiet: Community) -> None:
    browser = refused(story)
    assert "nina" not in form_by(browser, story, quiet).lower()
    assert "typed" not in browser.session


@pytest.mark.parametrize(("minutes", "kept"), [(59, True), (61, False)])
def test_what_was_typed_is_kept_for_an_hour(story: Story, now: datetime, minutes: int, kept: bool) -> None:
    browser = refused(story)
    with clock.at(now + timedelta(minutes=minutes)):
        assert ("nina" in form_by(browser, story, story.community).lower()) is kept
    assert ("typed" in browser.session) is kept


def test_who_finds_what_another_typed_empties_the_form(story: Story) -> None:
    browser = refused(story)
    assert "Forget what I typed" in browser.get("/account/signup/").content.decode()
    assert 'name="empty"' in form_by(browser, story, story.community)
    emptied = browser.post("/account/signup/", {"empty": "1"}, follow=True).content.decode()
    assert "nina" not in emptied.lower()
    assert 'name="empty"' not in emptied
    assert "typed" not in browser.session


def test_what_was_mistyped_is_there_again_too(story: Story) -> None:
    browser = withdrawn_meanwhile(story)
    browser.post("/account/signup/", {**NINA, "email": "nina@"})
    acts.invite(story.facilitator, story.community, secret="open again")
    browser.get("/invitation/open%20again/")
    assert 'value="nina@"' in browser.get("/account/signup/").content.decode()
    assert "rain on the roof" not in str(dict(browser.session))


def test_a_new_link_opened_beside_the_form_lets_in_at_once(story: Story) -> None:
    browser = withdrawn_meanwhile(story)
    acts.invite(story.facilitator, story.community, secret="open again")
    browser.get("/invitation/open%20again/")
    assert browser.post("/account/signup/", NINA)["Location"] == "/c/pump-crews/"


def test_nobody_who_only_mistyped_leaves_anything_in_the_browser(story: Story) -> None:
    browser = Client()
    browser.get(invitation(story))
    browser.post("/account/signup/", {**NINA, "password2": "rain on the rood"})
    assert "Nina" not in browser.get("/account/signup/").content.decode()


def test_where_everybody_may_sign_up_a_withdrawn_invitation_is_told_too(story: Story) -> None:
    opened(story)
    landed = withdrawn_meanwhile(story).post("/account/signup/", NINA, follow=True).content.decode()
    nina = Person.objects.of_address("nina@example.org")
    assert nina
    assert not is_member(nina, story.community)
    assert "You have an account now, but the invitation did not let you in." in landed
    assert "This invitation is no longer good. Ask a facilitator for a new one." in landed


def test_an_address_that_is_taken_is_told_and_nothing_is_lost(story: Story, nina: Person) -> None:
    browser = Client()
    browser.get(invitation(story))
    page = browser.post("/account/signup/", NINA)
    assert "already" in page.content.decode()
    assert "Nina" in page.content.decode()


def test_an_address_taken_in_the_last_moment_makes_no_second_person(
    story: Story, nina: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Client()
    browser.get(invitation(story))
    monkeypatch.setattr("allauth.account.internal.flows.manage_email.assess_unique_email", lambda *args, **kwargs: True)
    page = browser.post("/account/signup/", NINA)
    assert page.status_code == 422
    assert "already has the address" in page.content.decode()
    assert 'value="Nina New"' in page.content.decode().replace("\n", " ")
    assert Person.objects.filter(email="nina@example.org").count() == 1


def test_upper_and_lower_case_are_the_same_address(story: Story) -> None:
    story.person("Lea")
    opened(story)
    assert Person.objects.of_address(" LEA@Example.org ")
    assert acts.sign_up(somebody(email="A@B.org"), Installation.current()).email == "a@b.org"


@pytest.mark.parametrize(
    ("sent", "zone"),
    [
        ("America/Montreal", "America/Montreal"),
        ("Etc/UTC", "UTC"),
        ("", "server"),
        ("Mars/Olympus", "server"),
        ("../etc/passwd", "server"),
    ],
)
def test_a_new_account_takes_zone_and_language_from_the_browser(story: Story, sent: str, zone: str) -> None:
    acts.set_installation(story.operator, Installation.current(), name="Here", open_signup=True)
    browser = Client(headers={"accept-language": "fr-CA, en;q=0.5"})
    page = browser.get("/account/signup/").content.decode()
    assert 'name="time_zone"' in page
    assert "communities/zone" in page
    password = {"password1": "rain on the roof", "password2": "rain on the roof"}
    browser.post("/account/signup/", {"name": "Zoe", "email": "zoe@example.org", "time_zone": sent, **password})
    zoe = Person.objects.get(email="zoe@example.org")
    assert (zoe.language, zoe.time_zone) == ("fr", zones.of_the_server() if zone == "server" else zone)
