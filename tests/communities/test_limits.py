"""Guessing and flooding are slowed, by person or address, and only for a while."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from commonplace.communities import limits
from commonplace.ledger import clock
from tests.story import Story


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


def test_of_many_at_once_each_counts(now: Any) -> None:
    def tried(_number: int) -> int:
        return limits._count("at once", 600)

    with ThreadPoolExecutor(8) as at_once:
        assert sorted(at_once.map(tried, range(80))) == list(range(1, 81))
