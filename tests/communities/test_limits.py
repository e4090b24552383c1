"""Guessing and flooding are slowed, by person or address, and only for a while."""

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from commonplace.communities import limits
from commonplace.communities.models import Passing, Tries
from commonplace.ledger import clock, forgetting
from tests.story import Story
from tests.trust.test_addresses import filled


@pytest.mark.django_db
def test_the_first_code_is_not_guessed_by_many_tries(now: Any) -> None:
    def tried(address: str) -> int:
        return Client().post("/start", {"code": "guess"}, REMOTE_ADDR=address).status_code

    assert [tried("203.0.113.7") for _ in range(31)] == [422] * 30 + [429]
    assert tried("203.0.113.8") == 422, "another address is not held up"
    with clock.at(now + timedelta(minutes=10)):
        assert tried("203.0.113.7") == 422


def test_each_person_is_counted_alone_and_told(story: Story, now: Any) -> None:
    lea, omar = story.browser(story.person("Lea")), story.browser(story.person("Omar"))
    answers = [lea.post("/found/create") for _ in range(21)]
    assert answers[-1].status_code == 429
    assert "Too many tries" in answers[-1].content.decode()
    assert omar.post("/found/create").status_code == 422
    assert lea.get("/found").status_code == 200, "reading is not limited"


@pytest.mark.parametrize("path", ["/sign-in/guess/", "/invitation/guess/accept"])
def test_links_are_not_guessed(story: Story, path: str, now: Any) -> None:
    browser = story.browser(story.person("Eve"))
    assert {browser.post(path).status_code for _ in range(60)} == {404}
    assert browser.post(path).status_code == 429


def attempts(rf: RequestFactory, method: str = "post") -> Any:
    request = getattr(rf, method)("/")
    request.user = AnonymousUser()
    return request


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_each_counts(now: Any, rf: RequestFactory) -> None:
    """Each on a connection of its own, as processes are."""

    def tried(_number: int) -> bool:
        try:
            return not limits.is_too_much(attempts(rf), "at once", 50, 10)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as at_once:
        assert sum(at_once.map(tried, range(80))) == 50


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_sign_in_library_counts_for_all_processes(rf: RequestFactory) -> None:
    """Its own limiter takes a lock in the cache: whoever has it must be alone in it."""
    start = threading.Barrier(8)

    def taken(number: int) -> bool:
        try:
            start.wait()
            return bool(cache.add(f"lock-{number}", True, 60))
        finally:
            connection.close()

    for number in range(5):
        with ThreadPoolExecutor(8) as at_once:
            assert sum(at_once.map(taken, [number] * 8)) == 1
    assert Passing.objects.count() == 5


def test_too_many_passwords_for_one_account_are_counted_in_the_database(story: Story) -> None:
    for _ in range(3):
        Client().post("/account/login/", {"login": "lea@example.org", "password": "wrong"})
    assert Passing.objects.filter(cache_key__contains="login_failed").exists()


def test_who_reads_does_not_wait_for_who_writes(
    story: Story, rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*args: object, **kwargs: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("commonplace.communities.models.tries._waiting", locked)
    assert limits.is_too_much(attempts(rf, "get"), "search", 0, 10) is False
    with pytest.raises(OperationalError):
        limits.is_too_much(attempts(rf), "search", 0, 10)


COSTLY = ("/search?q=pump", "/me/data", "/c/pump-crews/cycle/")


@pytest.mark.parametrize("address", COSTLY)
def test_what_is_costly_to_look_at_is_counted(
    story: Story, address: str, monkeypatch: pytest.MonkeyPatch, now: Any
) -> None:
    lea = story.browser(story.member("Lea"))
    assert lea.get(address).status_code == 200
    Tries.objects.update(count=10_000)
    assert lea.get(address).status_code == 429
    assert lea.get("/").status_code == 200


def test_it_says_when_to_come_again_in_the_readers_words(story: Story, now: Any) -> None:
    lea = story.person("Lea")
    browser = story.browser(lea)
    browser.post("/found/create")
    Tries.objects.update(count=10_000)
    page = browser.post("/found/create")
    assert int(page["Retry-After"]) >= 60
    assert re.search(r"You can try again in (1 h|\d+ min)", page.content.decode())
    french = browser.post("/found/create", headers={"accept-language": "fr"}).content.decode()
    assert re.search(r"Vous pourrez réessayer dans (1 h|\d+ min)", french)


LIBRARY = {
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_from_key",
    "mfa_authenticate",
}
READ_ONLY = {"account_logout", "account_inactive", "account_confirm_email", "demo_door", "healthz", "picture"}


def test_every_address_where_nobody_in_particular_may_send_something_is_limited(story: Story) -> None:
    """Those of the library have its own limits. What only shows answers 405, or does nothing more than when opened."""
    free = {
        (str(one.name), address)
        for one, address in open_to_all(get_resolver().url_patterns)
        if not getattr(one.callback, "is_limited", False) and str(one.name) not in LIBRARY | READ_ONLY
    }
    sent = {name: Client().post(address).status_code for name, address in free}
    assert {name: code for name, code in sent.items() if code not in (404, 405)} == {}


def open_to_all(patterns: Any, before: str = "/") -> Iterator[tuple[URLPattern, str]]:
    for one in patterns:
        way = before + str(one.pattern).removeprefix("^").removesuffix("$")
        if isinstance(one, URLResolver):
            yield from open_to_all(one.url_patterns, way)
        elif not getattr(one.callback, "login_required", True):
            yield one, filled(way, {})


def test_a_form_from_nobody_in_particular_is_limited(story: Story, now: Any) -> None:
    assert Client().post("/found/create").status_code == 401
    Tries.objects.update(count=10_000)
    assert Client().post("/found/create").status_code == 429


def test_counts_of_a_time_that_is_over_are_forgotten(story: Story, now: Any) -> None:
    Client().post("/found/create")
    cache.set("passing", 1, 60)
    forgetting.forget()
    assert Tries.objects.count() == 1
    with clock.at(now + timedelta(days=400)):
        forgetting.forget()
    assert not Tries.objects.exists()
    assert not Passing.objects.exists()


def signing_in(story: Story, address: str, password: str) -> Any:
    typed = {"login": story.facilitator.email, "password": password}
    return Client(REMOTE_ADDR=address).post("/account/login/", typed)


@pytest.fixture
def password(story: Story) -> str:
    story.facilitator.set_password("rain on the roof")
    story.facilitator.save()
    return "rain on the roof"


def test_whoever_knows_an_address_keeps_nobody_out(story: Story, password: str) -> None:
    for _ in range(6):
        page = signing_in(story, "203.0.113.7", "guess").content.decode()
    assert "ask the operator for a sign-in link" in page
    assert "Too many" in signing_in(story, "203.0.113.7", password).content.decode(), "who guesses is held up"
    assert signing_in(story, "203.0.113.8", password).status_code == 302, "their owner is not"


def test_a_password_is_not_guessed_from_many_places(story: Story, password: str) -> None:
    for number in range(100):
        assert "Too many" not in signing_in(story, f"203.0.113.{number}", "guess").content.decode()
    assert "Too many" in signing_in(story, "203.0.113.200", password).content.decode()


def test_who_signs_in_often_is_not_held_up(story: Story, password: str) -> None:
    assert {signing_in(story, "203.0.113.7", password).status_code for _ in range(8)} == {302}
