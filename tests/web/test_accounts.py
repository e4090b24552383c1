"""Each page of the sign-in library, as a fresh installation has it: ours to look at, in both languages, and whole."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from commonplace.communities import acts
from commonplace.communities.models import Person
from commonplace.web import accounts
from commonplace.web.mail import NONE, mail_server
from tests.story import Story

PLACES = {"account_confirm_email": ["none"], "account_reset_password_from_key": ["1", "none-none"]}
BY_MAIL = {
    "account_email_verification_sent",
    "account_confirm_email",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
NAMES = [str(one.name) for one in accounts.urlpatterns]
SENT = {"login": "lea@example.org", "email": "lea@example.org", "password": "wrong", "action_add": "1"}
HEADING = re.compile(r"<h1>\s*(.*?)\s*</h1>", re.DOTALL)


@pytest.fixture(autouse=True)
def _as_nothing_is_said_of_mail(settings: Any) -> None:
    for name, value in mail_server("").items():
        setattr(settings, name, value)


@pytest.fixture
def lea(story: Story) -> Client:
    """She has a password, and has just typed it, so that no page asks for it first."""
    lea = story.member("Lea")
    lea.set_password("rain on the roof")
    lea.save()
    browser = Client()
    browser.post("/account/login/", {"login": lea.email, "password": "rain on the roof"})
    return browser


def address(name: str) -> str:
    return reverse(name, args=PLACES.get(name, []))


def walked(browser: Client, language: str) -> Iterator[tuple[str, Any]]:
    """Signing out comes last."""
    for name in sorted(NAMES, key=lambda name: name == "account_logout"):
        for answer in (
            browser.get(address(name), headers={"accept-language": language}),
            browser.post(address(name), SENT, headers={"accept-language": language}),
        ):
            yield name, answer


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("who", ["anonymous", "signed in"])
def test_no_page_breaks_and_each_is_ours(story: Story, lea: Client, who: str, language: str) -> None:
    browser = lea if who == "signed in" else Client()
    for name, answer in walked(browser, language):
        assert answer.status_code < 500, name
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            page = answer.content.decode()
            assert 'class="brand"' in page, name
            assert f'<html lang="{language}"' in page, name
            assert "&lt;function" not in page, name


def test_no_page_is_left_in_english(story: Story, lea: Client) -> None:
    headings = {language: dict(_headings(lea, language)) for language in ("en", "fr")}
    assert len(headings["en"]) > 5
    assert {name: words for name, words in headings["fr"].items() if words == headings["en"].get(name)} == {}


def _headings(browser: Client, language: str) -> Iterator[tuple[str, str]]:
    for name in NAMES:
        answer = browser.get(address(name), headers={"accept-language": language})
        if heading := HEADING.search(answer.content.decode()):
            yield name, heading[1]


def test_what_only_a_letter_leads_to_is_not_there_without_mail(story: Story, lea: Client, settings: Any) -> None:
    assert {name for name in NAMES if Client().get(address(name)).status_code == 404} >= BY_MAIL
    settings.MAIL = "smtp://localhost"
    assert {name for name in BY_MAIL if Client().get(address(name)).status_code == 404} == set()


def test_there_is_no_page_of_the_library_that_nobody_is_led_to() -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert not names & {"usersessions_list", "account_confirm_login_code", "account_request_login_code"}


def test_who_forgot_their_password_reads_whom_to_ask_before_they_type(story: Story) -> None:
    for answer in (Client().get("/account/password/reset/"), Client().post("/account/password/reset/", SENT)):
        words = " ".join(answer.content.decode().partition("<main")[2].split())
        assert answer.status_code == 200
        assert "Ask its operator for a link" in words
        assert "commonplace signin-link" in words
        assert 'name="email"' not in words


def test_a_mail_server_that_does_not_answer_is_told(
    story: Story, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*args: object, **kwargs: object) -> None:
        raise ConnectionRefusedError(111, "Connection refused")

    settings.MAIL = "smtp://localhost"
    monkeypatch.setattr("django.core.mail.EmailMessage.send", refused)
    answer: HttpResponse = Client().post("/account/password/reset/", {"email": story.facilitator.email})
    assert answer.status_code == 200
    assert "No mail could be sent just now" in answer.content.decode()


def test_nothing_leaves_and_nothing_is_said_to_have_left(story: Story, lea: Client) -> None:
    page = lea.post("/account/email/", {"email": "lea@else.example.org", "action_add": "1"}, follow=True)
    words = page.content.decode()
    assert "lea@else.example.org" in words
    assert "Confirmation e" not in words
    assert "Re-send" not in words
    assert "Send the letter again" not in words


def test_an_address_that_is_no_mail_server_stops_the_start() -> None:
    assert mail_server("")["EMAIL_BACKEND"] == mail_server(NONE)["EMAIL_BACKEND"]
    assert "dummy" in mail_server("")["EMAIL_BACKEND"]
    assert mail_server("submission://a:b@mail.example.org")["EMAIL_USE_TLS"] is True
    with pytest.raises(ImproperlyConfigured, match="COMMONPLACE_MAIL"):
        mail_server("consolemail://")


def test_a_button_without_a_choice_is_told(story: Story, lea: Client) -> None:
    lea.get("/account/email/")
    before = set(EmailAddress.objects.values_list("email", "primary"))
    for button in ("action_primary", "action_remove", "action_send"):
        for chosen in ({}, {"email": "of@nobody.example.org"}):
            page = lea.post("/account/email/", {button: "1", **chosen}, follow=True)
            assert "choose one of your addresses first" in page.content.decode(), (button, chosen)
    assert set(EmailAddress.objects.values_list("email", "primary")) == before


def test_a_second_factor_needs_no_letter_where_none_is_sent(story: Story, lea: Client) -> None:
    lea.post("/account/email/", {"email": "lea@else.example.org", "action_add": "1"})
    lea.post("/account/email/", {"email": "lea@else.example.org", "action_primary": "1"})
    lea.post("/account/reauthenticate/", {"password": "rain on the roof"})
    page = lea.get("/account/2fa/totp/activate/")
    assert page.status_code == 200
    assert 'name="code"' in page.content.decode()


def test_where_mail_is_sent_it_is_said_how_to_come_to_a_second_factor(story: Story, lea: Client, settings: Any) -> None:
    settings.MAIL, settings.MFA_ALLOW_UNVERIFIED_EMAIL = "smtp://localhost", False
    lea.get("/account/email/")
    words = lea.get("/account/2fa/totp/activate/", follow=True).content.decode()
    assert "page of addresses sends the letter again" in words


def test_who_signs_in_or_out_reads_of_it_in_the_language_of_that_page(story: Story, lea: Client) -> None:
    """Their browser speaks another than they do."""
    me = Person.objects.get(email="lea@example.org")
    acts.edit_profile(me, me, language="fr")
    sent = {"login": me.email, "password": "rain on the roof"}
    browser = Client(headers={"accept-language": "en"})
    assert '<html lang="fr">' in browser.post("/account/login/", sent, follow=True).content.decode()
    assert "You have signed out" in browser.post("/account/logout/", follow=True).content.decode()


def test_who_takes_another_language_reads_of_it_in_that_one(story: Story, lea: Client) -> None:
    mine = {"name": "Lea", "language": "fr", "time_zone": "UTC"}
    assert "Enregistré." in lea.post("/me/update", mine, follow=True).content.decode()
