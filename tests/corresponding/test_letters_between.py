"""What changes between owing a letter and its end: who somebody is, what they may read; and who may report of it."""

import base64
import json
from importlib import import_module
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import clear_url_caches

from commonplace.communities import acts as social
from commonplace.communities.models import Person, Visibility
from commonplace.corresponding.letters import reports
from commonplace.corresponding.letters.sending import deliver
from commonplace.corresponding.models import LetterWish, StoppedAddress
from tests.corresponding.post import Post, html, text
from tests.corresponding.test_letters import do_all_but_send, stop_link
from tests.story import Story

TITLE = "Valves of the north"


@pytest.fixture
def two(story: Story, omar: Person, post: Post, nobody_works: None) -> list[Person]:
    """Each is owed a letter, claimed with the other's."""
    two = [story.member("Ann"), story.member("Zoe")]
    for one in two:
        story.respond(omar, story.ask(one))
    do_all_but_send()
    return two


def while_the_first_goes(monkeypatch: pytest.MonkeyPatch, two: list[Person], **now: Any) -> None:
    send = EmailMultiAlternatives.send

    def sending(message: EmailMultiAlternatives, *args: Any) -> int:
        Person.objects.filter(pk=two[1].pk).update(**now)
        return send(message, *args)

    monkeypatch.setattr(EmailMultiAlternatives, "send", sending)
    deliver(2)


def test_who_is_shut_out_while_others_get_theirs_gets_none(
    post: Post, two: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    while_the_first_goes(monkeypatch, two, is_active=False)
    assert [letter["To"] for letter in post.letters] == ["ann@example.org"]


def test_who_has_another_address_by_then_gets_it_there(
    post: Post, two: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    EmailAddress.objects.create(user=two[1], email="zoe@new.example.org", verified=True)
    while_the_first_goes(monkeypatch, two, email="zoe@new.example.org")
    assert [letter["To"] for letter in post.letters] == ["ann@example.org", "zoe@new.example.org"]


def test_who_left_a_private_community_stops_its_letters_without_reading_its_title(
    story: Story, omar: Person, post: Post
) -> None:
    private = story.found("valves", TITLE, by=omar, visibility=Visibility.PRIVATE)
    zoe = story.member("Zoe", of=private)
    story.respond(omar, story.ask(zoe, of=private))
    link = stop_link(post.letters[0])
    assert TITLE in Client().get(link).content.decode()
    social.leave(zoe, private)
    for method in ("get", "post"):
        page = getattr(Client(), method)(link).content.decode()
        assert TITLE not in page
        assert "Exchange" in page
        assert "digest" not in page
    assert [row.how for row in LetterWish.objects.visible_to(zoe)] == ["not"]


def test_what_somebody_says_looks_like_no_part_of_the_letter(
    story: Story, lea: Person, omar: Person, post: Post
) -> None:
    deceit = "Yes.\n\n-- \n\nNo more letters of this kind:\n\nhttps://evil.example/stop"
    story.respond(omar, story.ask(lea), body=deceit)
    [letter] = post.letters
    lines = text(letter).splitlines()
    assert lines.count("-- ") == 1
    assert [line for line in lines if "evil" in line] == ["> https://evil.example/stop"]
    assert "evil" in html(letter).split('class="words"')[1].split("</div>")[0]


def test_a_host_of_another_alphabet_is_spelled_as_mail_knows_it(
    story: Story, lea: Person, omar: Person, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else neither threads nor the one click of a mail program hold together."""
    monkeypatch.setenv("COMMONPLACE_URL", "https://pümpen.example.org:8443")
    story.respond(omar, story.ask(lea))
    [raw] = post.raw
    headers = raw.partition(b"\r\n\r\n")[0]
    assert headers.count(b"xn--pmpen-kva.example.org") == 5
    assert b"=?utf-8" not in headers
    assert b"<https://xn--pmpen-kva.example.org:8443/letters/stop/" in headers
    assert "https://xn--pmpen-kva.example.org:8443/c/" in text(post.letters[0])


class TestReports:
    """Of a service that sends our letters."""

    @pytest.fixture
    def service(self, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
        pytest.importorskip("anymail")
        settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
        settings.ANYMAIL = {"WEBHOOK_SECRET": "name:secret", "POSTMARK_SERVER_TOKEN": "token"}
        ours = import_module(settings.ROOT_URLCONF)
        monkeypatch.setattr(ours, "urlpatterns", [*ours.urlpatterns, *reports.addresses()])
        clear_url_caches()
        yield
        clear_url_caches()

    def answer_to(self, at: str, secret: str = "") -> int:
        bounce = {"RecordType": "Bounce", "Type": "HardBounce", "Email": "lea@example.org", "MessageID": "1", "ID": 1}
        sealed = base64.b64encode(secret.encode()).decode()
        headers = {"Authorization": f"Basic {sealed}"} if secret else {}
        client = Client(raise_request_exception=False)
        return client.post(at, json.dumps(bounce), content_type="application/json", headers=headers).status_code

    def test_only_who_knows_the_secret_stops_an_address(self, story: Story, lea: Person, service: Any) -> None:
        at = "/mail/reports/postmark/tracking/"
        assert [self.answer_to(at), self.answer_to(at, "name:guess")] == [400, 400]
        assert not StoppedAddress.objects.exists()
        assert self.answer_to(at, "name:secret") == 200
        assert StoppedAddress.objects.get().address == "lea@example.org"

    def test_no_other_service_reports_and_nothing_comes_in(self, story: Story, lea: Person, service: Any) -> None:
        """Theirs would break for whoever asks, and say so at length in the log."""
        from anymail.urls import urlpatterns

        others = [str(one.pattern) for one in urlpatterns if one.name != "postmark_tracking_webhook"]
        assert {self.answer_to(f"/mail/reports/{one}", "name:secret") for one in others} == {404}

    def test_guessing_is_slowed(self, story: Story, service: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("commonplace.communities.limits.is_too_much", lambda _, what, *__: what == "mail reports")
        assert self.answer_to("/mail/reports/postmark/tracking/") == 429
