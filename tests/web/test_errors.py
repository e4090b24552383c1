"""An error page says what happened and what to do, in our look, whatever is broken."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation
from django.views import defaults

from commonplace.communities.acts import grant_role
from commonplace.communities.models import RoleKind, Visibility
from commonplace.web.middleware import HEADERS
from tests.story import Story

ALL = [
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "405.html",
    "413.html",
    "429.html",
    "500.html",
    "503.html",
    "503_busy.html",
]


@pytest.mark.parametrize("name", ALL)
def test_an_error_page_needs_neither_database_nor_request(name: str) -> None:
    page = render_to_string(name)
    assert "<h1>" in page
    assert 'class="btn main" href="/"' in page
    assert "Traceback" not in page


@pytest.mark.parametrize("name", ALL)
def test_an_error_page_is_in_the_readers_language(name: str) -> None:
    english = render_to_string(name)
    with translation.override("fr"):
        french = render_to_string(name)
    assert '<html lang="fr">' in french
    for words in re.findall(r"<h1>.*?</h1>|<p class=\"lead\">.*?</p>", english, re.DOTALL):
        assert words not in french


def test_an_unknown_address_answers_in_our_look(story: Story, client: Client) -> None:
    client.force_login(story.member("Lea"))
    response = client.get("/c/nowhere/exchanges/")
    assert response.status_code == 404
    assert "nothing here that you may see" in response.content.decode()
    assert set(HEADERS) <= set(response.headers)


FORM = "application/x-www-form-urlencoded"
BACK = 'class="btn main" href="{}">'


def main(page: HttpResponse) -> str:
    return " ".join(page.content.decode().partition("<main")[2].split())


@pytest.mark.parametrize(
    ("path", "posted", "status"),
    [
        ("invitations", None, 403),
        ("exchanges/nowhere/", None, 404),
        ("no-such-place", None, 404),
        ("exchanges/create", "body=" + "x" * (6 * 2**20), 413),
    ],
)
def test_a_refusal_within_a_community_leads_back_into_it(
    story: Story, path: str, posted: str | None, status: int
) -> None:
    browser, address = story.browser(story.member("Lea")), f"/c/pump-crews/{path}"
    page = browser.post(address, posted, FORM) if posted else browser.get(address)
    assert page.status_code == status
    assert f"{BACK.format('/c/pump-crews/')}Back to {story.community.title}</a>" in main(page)
    assert 'href="/">Home' in main(page)


@pytest.mark.parametrize("path", ["invitations", "exchanges/", "no-such-place", ""])
def test_no_way_leads_into_a_community_that_one_may_not_see(story: Story, path: str) -> None:
    story.found("quiet", "Quiet circle", by=story.facilitator, visibility=Visibility.PRIVATE)
    page = story.browser(story.member("Lea")).get(f"/c/quiet/{path}")
    assert page.status_code == 404
    assert "Quiet circle" not in page.content.decode()
    assert BACK.format("/") in main(page)


@pytest.mark.parametrize("visibility", Visibility.values)
@pytest.mark.parametrize("path", ["exchanges/", "practices/", "members", "people/nobody/", "no-such-place"])
def test_a_sponsor_is_told_what_is_theirs_and_nobody_else_is(story: Story, visibility: str, path: str) -> None:
    here = story.found("here", "Here", by=story.facilitator, visibility=visibility)
    address = f"/c/here/{path}"
    theirs = story.browser(story.serving("Sam", RoleKind.SPONSOR, of=here)).get(address)
    assert theirs.status_code == 404
    assert "nothing here for a sponsor" in main(theirs)
    assert BACK.format("/c/here/objectives/") in main(theirs)
    asked = story.person("Nina")
    grant_role(story.facilitator, here, person=asked, kind=RoleKind.SPONSOR)
    for other in (story.member("Lea"), asked):
        assert "for a sponsor" not in main(story.browser(other).get(address))


def test_a_refusal_elsewhere_leads_home(story: Story, client: Client) -> None:
    page = story.browser(story.facilitator).get("/operator/")
    assert (page.status_code, BACK.format("/") in main(page)) == (403, True)
    nobody = client.get("/c/pump-crews/exchanges/create", follow=True)
    assert "Back to" not in main(nobody)


def test_an_address_that_only_takes_forms_says_so(story: Story) -> None:
    page = story.browser(story.facilitator).put("/c/pump-crews/exchanges/create")
    assert (page.status_code, page["Allow"]) == (405, "GET, HEAD, POST")
    assert f"{BACK.format('/c/pump-crews/')}Back to {story.community.title}</a>" in main(page)
    assert "This address is not a page." in page.content.decode()


def test_what_is_too_large_is_told_so(story: Story) -> None:
    words = "body=" + "x" * (6 * 2**20)
    page = story.browser(story.facilitator).post("/found/create", words, FORM)
    assert page.status_code == 413
    assert "too large to be sent at once" in page.content.decode()
    assert "At most 5 MB" in page.content.decode()
    assert "go back in your browser" in page.content.decode().lower()


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


def test_a_part_is_no_place_to_sign_in(client: Client, story: Story) -> None:
    """htmx would follow to sign-in and put that page into the one that is open."""
    story.member("Lea")
    here = "http://testserver/c/pump-crews/exchanges/?status=open#r-1"
    response = client.get("/search?q=pump", headers={"HX-Request": "true", "HX-Current-URL": here})
    assert response.status_code == 200
    assert response["HX-Redirect"] == "/account/login/?next=%2Fc%2Fpump-crews%2Fexchanges%2F%3Fstatus%3Dopen"
    assert not response.content
