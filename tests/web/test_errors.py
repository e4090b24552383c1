"""An error page says what happened and what to do, in our look, whatever is broken."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views import defaults

from commonplace.web.middleware import HEADERS
from tests.story import Story

ALL = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html", "503.html"]


@pytest.mark.parametrize("name", ALL)
def test_an_error_page_needs_neither_database_nor_request(name: str) -> None:
    page = render_to_string(name)
    assert "<h1>" in page
    assert 'class="btn main" href="/"' in page
    assert "Traceback" not in page


def test_an_unknown_address_answers_in_our_look(story: Story, client: Client) -> None:
    client.force_login(story.member("Lea"))
    response = client.get("/c/nowhere/exchanges/")
    assert response.status_code == 404
    assert "nothing here that you may see" in response.content.decode()
    assert set(HEADERS) <= set(response.headers)


def test_who_may_not_is_told_who_may(story: Story) -> None:
    page = story.browser(story.facilitator).post("/people/preview", {"people": "Lea, lea@x.org"})
    assert page.status_code == 403
    assert "This is for the operator." in page.content.decode()


def test_a_form_without_its_token_is_told_what_to_do(story: Story) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(story.member("Lea"))
    response = client.post("/i18n/language/", {"language": "fr"})
    assert response.status_code == 403
    assert "open for too long" in response.content.decode()


@pytest.mark.django_db
def test_a_foreign_host_is_answered_without_breaking(client: Client, story: Story) -> None:
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


def test_a_breakdown_shows_no_detail(rf: RequestFactory) -> None:
    response: HttpResponse = defaults.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "Something broke" in response.content.decode()


def test_too_many_tries_to_sign_in_are_slowed_down(story: Story, client: Client) -> None:
    answers = [_wrong_password(client) for _ in range(12)]
    assert answers[0].status_code == 200
    last = answers[-1].content.decode()
    assert answers[-1].status_code == 429 or "Too many" in last


def _wrong_password(client: Client) -> Any:
    return client.post("/account/login/", {"login": "lea@example.org", "password": "wrong"})


INLINE = re.compile(r"<[^>]*\s(style|on\w+)=|<script(?![^>]*(src=|type=\"application/json\"))", re.IGNORECASE)


@pytest.mark.parametrize(
    "path", ["login", "signup", "password/reset", "logout", "email", "password/change", "2fa", "sessions"]
)
def test_account_pages_wear_our_shell_without_inline_style_or_script(story: Story, client: Client, path: str) -> None:
    if path not in ("login", "signup", "password/reset"):
        client.force_login(story.member("Lea"))
    page = client.get(f"/account/{path}/", follow=True).content.decode()
    assert 'class="brand"' in page
    assert "web/tokens" in page
    assert not INLINE.search(page)
