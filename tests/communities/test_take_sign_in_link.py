"""A one-time link lets one person in once, with its secret, in time; and a new password may be set."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from commonplace.communities import acts
from commonplace.communities.arrivals import bring_in
from commonplace.communities.models import Person, SignInLink
from commonplace.communities.roster import Listed
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import last, verbs
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


@pytest.mark.parametrize("secret", ["", "sesam", "Sesame"])
def test_without_the_secret_the_row_opens_nothing(link: SignInLink, lea: Person, secret: str) -> None:
    for typed in (secret, link.digest):
        with pytest.raises(NotPossible, match="used or is too old"):
            acts.take_sign_in_link(lea, link, secret=typed)


def test_it_is_taken_once_however_old_the_copy(link: SignInLink, lea: Person) -> None:
    stale = SignInLink.objects.get(pk=link.pk)
    acts.take_sign_in_link(lea, link, secret="sesame")
    with pytest.raises(NotPossible, match="used or is too old"):
        acts.take_sign_in_link(lea, stale, secret="sesame")
    assert verbs().count("person.link_used") == 1
    assert (last("person.link_used").actor, last("person.link_used").object) == (lea.pk, link.pk)


def test_nobody_who_was_shut_out_meanwhile(link: SignInLink, lea: Person) -> None:
    Person.objects.filter(pk=lea.pk).update(is_active=False)
    with pytest.raises(NotAllowed):
        acts.take_sign_in_link(lea, link, secret="sesame")


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


def test_a_new_password_ends_the_links_of_before(story: Story) -> None:
    nora = story.person("Nora New")
    for number in (1, 2):
        acts.issue_sign_in_link(story.operator, nora, secret=f"link {number}")
    browser = Client()
    browser.post("/sign-in/link 1/")
    browser.post("/me/password/update", {"password1": "rain on the roof", "password2": "rain on the roof"})
    answer = Client().get("/sign-in/link 2/")
    assert answer.status_code == 404
    nora.refresh_from_db()
    left = SignInLink.objects.with_secret("link 2").get()
    with pytest.raises(NotPossible, match="used or is too old"):
        acts.take_sign_in_link(nora, left, secret="link 2")
    acts.issue_sign_in_link(story.operator, nora, secret="link 3")
    assert Client().get("/sign-in/link 3/").status_code == 200, "one made since is good"


def test_a_mere_sign_in_ends_no_link(story: Story, link: SignInLink, lea: Person, settings: Any) -> None:
    """Although Django makes a new digest of the same password."""
    hashers = ("PBKDF2PasswordHasher", "MD5PasswordHasher")
    settings.PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{one}" for one in hashers]
    Client().post("/account/login/", {"login": lea.email, "password": "rain on the roof"})
    assert Person.objects.get(pk=lea.pk).password.startswith("pbkdf2")
    assert Client().get(SECRET).status_code == 200


def test_a_new_password_ends_the_leave_to_set_one_without_the_old(story: Story) -> None:
    nora = story.person("Nora New")
    nora.set_password("rain on the roof")
    nora.save()
    acts.issue_sign_in_link(story.operator, nora, secret="link")
    browser = Client()
    browser.post("/sign-in/link/")
    assert browser.get("/me/password").status_code == 200
    new = {"oldpassword": "rain on the roof", "password1": "snow on the roof", "password2": "snow on the roof"}
    assert browser.post("/account/password/change/", new).status_code == 302
    assert browser.get("/me/password")["Location"] == "/account/password/change/"


def test_a_letter_of_before_a_new_password_opens_nothing(story: Story, settings: Any, mailoutbox: list[Any]) -> None:
    settings.MAIL, settings.EMAIL_BACKEND = "smtp://localhost", "django.core.mail.backends.locmem.EmailBackend"
    nora = story.person("Nora New")
    nora.set_password("rain on the roof")
    nora.save()
    Client().post("/account/password/reset/", {"email": nora.email})
    way = re.search(r"http://testserver(/account/password/reset/key/\S+)", mailoutbox[0].body)
    assert way
    assert Client().get(way[1]).status_code == 302
    nora.set_password("snow on the roof")
    nora.save()
    assert Client().get(way[1]).status_code == 200, "it says that it is over"


def test_who_was_added_takes_zone_and_language_from_the_browser_when_they_first_come(story: Story) -> None:
    nora = bring_in(story.operator, Listed("Nora New", "nora@new.example.org"), None)
    assert (nora.person.language, nora.person.time_zone) == ("", "")
    browser = Client(headers={"accept-language": "fr"})
    assert "data-zone" in browser.get(f"/sign-in/{nora.secret}/").content.decode()
    browser.post(f"/sign-in/{nora.secret}/", {"time_zone": "Asia/Tokyo"})
    nora.person.refresh_from_db()
    assert (nora.person.language, nora.person.time_zone) == ("fr", "Asia/Tokyo")
