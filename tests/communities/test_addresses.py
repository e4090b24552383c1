"""An address is of one account: nobody takes another's by writing it down, with mail or without."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from commonplace.communities import acts
from commonplace.communities.models import Installation, Person
from commonplace.ledger.errors import NotPossible
from tests.story import Story

PASSWORD = "rain on the roof"
TAKEN = "This address cannot be added"


@pytest.fixture
def lea(story: Story) -> Person:
    lea = story.member("Lea")
    lea.set_password(PASSWORD)
    lea.save()
    return lea


@pytest.fixture
def browser(lea: Person) -> Client:
    browser = Client()
    browser.post("/account/login/", {"login": lea.email, "password": PASSWORD})
    return browser


def written_down(browser: Client, email: str | None) -> str:
    return browser.post("/account/email/", {"action_add": "", "email": email}, follow=True).content.decode()


@pytest.fixture
def by_mail(settings: Any) -> None:
    settings.MAIL, settings.EMAIL_BACKEND = "smtp://localhost", "django.core.mail.backends.locmem.EmailBackend"


def test_nobody_adds_the_address_of_somebody_whom_the_operator_added(story: Story, browser: Client) -> None:
    omar = story.person("Omar")
    assert TAKEN in written_down(browser, omar.email)
    assert not EmailAddress.objects.filter(email=omar.email).exists()


@pytest.mark.usefixtures("by_mail")
def test_nor_where_mail_is_sent(story: Story, browser: Client, mailoutbox: list[Any]) -> None:
    omar = story.person("Omar")
    assert TAKEN in written_down(browser, omar.email)
    Client().post("/account/password/reset/", {"email": omar.email})
    assert [letter.to for letter in mailoutbox if "password/reset/key" in letter.body] == [[omar.email]]


@pytest.mark.usefixtures("by_mail")
def test_the_letters_of_the_door_speak_to_whom_they_go_to(story: Story, mailoutbox: list[Any]) -> None:
    omar = story.person("Omar")
    Client(headers={"accept-language": "fr"}).post("/account/password/reset/", {"email": omar.email})
    Client(headers={"accept-language": "fr"}).post("/account/password/reset/", {"email": "nobody@example.org"})
    subjects = [letter.subject for letter in mailoutbox]
    assert subjects == ["Un nouveau mot de passe", "Aucun compte à cette adresse"]
    assert not any(word in letter.body for letter in mailoutbox for word in ("Hello", "Bonjour", "utilisateur"))


def test_nor_one_that_somebody_else_has_written_down(story: Story, browser: Client) -> None:
    EmailAddress.objects.create(user=story.facilitator, email="second@example.org")
    assert TAKEN in written_down(browser, "second@example.org")


def test_no_account_is_made_of_an_address_that_somebody_wrote_down(story: Story, browser: Client) -> None:
    assert TAKEN not in written_down(browser, "future@example.org")
    future = Person(name="Future", email="Future@example.org")
    with pytest.raises(NotPossible, match="already has the address"):
        acts.add_person(story.operator, Installation.current(), person=future)
    page = story.browser(story.operator).post("/people/preview", {"people": "Fu, future@example.org"})
    assert "1 person has an account already" in page.content.decode()


@pytest.mark.usefixtures("by_mail")
def test_a_letter_sets_no_password_of_an_account_that_only_wrote_the_address_down(
    story: Story, lea: Person, mailoutbox: list[Any]
) -> None:
    noted = EmailAddress.objects.create(user=lea, email="noted@example.org")
    Client().post("/account/password/reset/", {"email": noted.email})
    assert not [letter for letter in mailoutbox if "password/reset/key" in letter.body]
    noted.verified = True
    noted.save()
    Client().post("/account/password/reset/", {"email": noted.email})
    assert [letter.to for letter in mailoutbox if "password/reset/key" in letter.body] == [[noted.email]]
