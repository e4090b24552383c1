"""One-time links: only the operator issues them, each lets one person in once, and a new password may be set."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.test import Client

from commonplace.communities import acts
from commonplace.communities.commands import signin_link
from commonplace.communities.models import Person, SignInLink
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.story import Story

SECRET, NEW = "/sign-in/sesame/", {"password1": "sun on the hill", "password2": "sun on the hill"}


@pytest.fixture
def lea(story: Story) -> Person:
    lea = story.member("Lea")
    lea.set_password("rain on the roof")
    lea.save()
    return lea


@pytest.fixture
def link(story: Story, lea: Person) -> SignInLink:
    return acts.issue_sign_in_link(story.operator, lea, secret="sesame")


def test_looking_spends_nothing_and_the_button_signs_in_once(story: Story, link: SignInLink) -> None:
    browser = Client()
    for _ in range(2):
        assert "Welcome, Lea." in browser.get(SECRET).content.decode()
    assert browser.post(SECRET)["Location"] == "/me/password"
    assert browser.get("/c/pump-crews/members").status_code == 200
    for answer in (Client().get(SECRET), Client().post(SECRET)):
        assert answer.status_code == 404
        assert "used up" in answer.content.decode()


def test_a_new_password_is_set_without_the_old_one(link: SignInLink, lea: Person) -> None:
    elsewhere, browser = Client(), Client()
    elsewhere.force_login(lea)
    browser.post(SECRET)
    assert browser.post("/me/password/update", {**NEW, "password2": "other"}).status_code == 422
    assert browser.post("/me/password/update", NEW)["Location"] == "/"
    lea.refresh_from_db()
    assert lea.check_password("sun on the hill")
    assert browser.get("/me/").status_code == 200, "this session goes on"
    assert elsewhere.get("/me/").status_code == 302, "the others have ended"
    assert browser.get("/me/password")["Location"] == "/account/password/change/", "once"


def test_without_a_link_the_old_password_is_asked_for(story: Story, lea: Person) -> None:
    browser = story.browser(lea)
    assert browser.get("/me/password")["Location"] == "/account/password/change/"
    browser.post("/me/password/update", NEW)
    lea.refresh_from_db()
    assert lea.check_password("rain on the roof")


def test_the_permission_is_of_whoever_had_the_link(story: Story, link: SignInLink, lea: Person) -> None:
    story.facilitator.set_password("rain on the roof")
    story.facilitator.save()
    browser = story.browser(story.facilitator)
    session = browser.session
    session["by_link"] = {"person": lea.pk, "at": clock.now().isoformat()}
    session.save()
    assert browser.get("/me/password").status_code == 302


def test_the_old_password_is_asked_for_again_after_a_while(link: SignInLink) -> None:
    browser = Client()
    with clock.at(link.made_at):
        browser.post(SECRET)
        assert browser.get("/me/password").status_code == 200
    with clock.at(link.made_at + timedelta(hours=1)):
        assert browser.get("/me/password").status_code == 302


def test_a_link_grows_old(link: SignInLink) -> None:
    with clock.at(link.expires_at):
        assert Client().post(SECRET).status_code == 404
    with clock.at(link.expires_at), pytest.raises(NotPossible, match="too old"):
        acts.take_sign_in_link(link.person, link, secret="sesame")


def test_whoever_was_signed_in_there_is_signed_out(story: Story, link: SignInLink) -> None:
    browser = story.browser(story.operator)
    assert "that session ends" in browser.get(SECRET).content.decode()
    browser.post(SECRET)
    assert browser.get("/people/").status_code == 403


def test_a_link_is_nobody_elses(story: Story, link: SignInLink) -> None:
    with pytest.raises(NotAllowed):
        acts.take_sign_in_link(story.facilitator, link, secret="sesame")


def test_only_the_operator_issues_links(story: Story, lea: Person) -> None:
    for person in (story.facilitator, lea):
        for target in (story.operator, lea):
            with pytest.raises(NotAllowed):
                acts.issue_sign_in_link(person, target, secret="mine")
            assert story.browser(person).post(f"/people/{target.pk}/links").status_code == 403
    assert not SignInLink.objects.exists()


def test_the_page_shows_a_link_once(story: Story, lea: Person) -> None:
    browser = story.browser(story.operator)
    assert "Lea" in browser.get("/people/?q=LEA@").content.decode()
    page = browser.post(f"/people/{lea.pk}/links").content.decode()
    path = page.split('value="http://testserver')[1].split('"')[0]
    assert Client().get(path).status_code == 200
    assert SignInLink.objects.get().digest not in page


def test_whoever_has_no_account_gets_no_link(story: Story, lea: Person) -> None:
    unclaimed = Person.objects.create(name="From an archive")
    lea.is_active = False
    lea.save()
    for person in (unclaimed, lea):
        with pytest.raises(NotPossible, match="no account"):
            acts.issue_sign_in_link(story.operator, person, secret="x")
    assert "From an archive" not in story.browser(story.operator).get("/people/").content.decode()


def test_a_link_of_somebody_shut_out_does_not_open(link: SignInLink, lea: Person) -> None:
    lea.is_active = False
    lea.save()
    assert Client().post(SECRET).status_code == 404


def test_the_second_factor_is_still_asked_for(story: Story, link: SignInLink, lea: Person) -> None:
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(lea, "JBSWY3DPEHPK3PXP")
    browser = story.browser(story.operator)
    assert browser.post(SECRET)["Location"].startswith("/account/2fa/authenticate/")
    assert browser.get("/me/").status_code == 302, "nobody is in, whoever was there before"


def test_the_command_prints_a_link_that_works(story: Story, lea: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8123")
    printed = CliRunner().invoke(signin_link, ["LEA@example.org"])
    assert printed.exit_code == 0
    assert printed.output.startswith("http://127.0.0.1:8123/sign-in/")
    assert Client().post(printed.output.strip().removeprefix("http://127.0.0.1:8123")).status_code == 302
    monkeypatch.setenv("COMMONPLACE_URL", "https://commonplace.example.org/")
    assert CliRunner().invoke(signin_link, [lea.email]).output.startswith("https://commonplace.example.org/sign-in/")


def test_an_unknown_address_is_a_one_line_error(story: Story) -> None:
    printed = CliRunner().invoke(signin_link, ["nobody@example.org"])
    assert printed.exit_code != 0
    assert printed.output.strip() == "Error: Nobody here has the address nobody@example.org."


@pytest.mark.django_db
def test_before_the_first_account_the_command_says_so() -> None:
    Person.objects.create(name="Lea", email="lea@example.org")
    printed = CliRunner().invoke(signin_link, ["lea@example.org"])
    assert "There is no operator yet" in printed.output
