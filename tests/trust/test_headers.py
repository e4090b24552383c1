"""Every answer is locked down: pages, files, errors, refusals; and what is personal stays out of shared caches."""

import pytest
from django.test import Client

from commonplace.web.middleware import HEADERS
from tests.story import Story

ALWAYS = {
    **HEADERS,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
ANSWERS = {
    "a page": ("/", 200),
    "a file": ("/static/web/tokens.css", 200),
    "no file": ("/static/web/none.css", 404),
    "nothing there": ("/c/nowhere/", 404),
    "not for them": ("/operator/", 403),
    "the wrong way": ("/i18n/language", 301),
    "only to post": ("/c/pump-crews/exchanges/create", 302),
    "the watchman": ("/healthz", 200),
    "their data": ("/me/data", 200),
    "sign-in": ("/account/login/", 302),
}


@pytest.mark.parametrize("what", ANSWERS)
def test_every_answer_carries_them(story: Story, what: str) -> None:
    path, status = ANSWERS[what]
    answer = story.browser(story.member("Lea")).get(path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS


def test_also_a_breakdown_and_a_foreign_host(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commonplace.web.home.news", lambda *_: 1 / 0)
    browser = Client(raise_request_exception=False)
    browser.force_login(story.member("Lea"))
    for answer, status in ((browser.get("/"), 500), (browser.get("/healthz", headers={"host": "evil.example"}), 400)):
        assert answer.status_code == status
        assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS


def test_the_policy_allows_nothing_unsafe() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy


def test_what_is_personal_is_kept_by_nobody(story: Story) -> None:
    lea = story.browser(story.member("Lea"))
    assert {lea.get(path).headers["Cache-Control"] for path in ("/", "/me/", "/me/data")} == {"private, no-store"}
