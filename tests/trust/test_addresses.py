"""Whatever a stranger writes into an address breaks nothing, and tells them nothing of pages that they cannot read."""

import gzip
import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from commonplace.externalizing.models import Exchange
from commonplace.objectifying.models import Practice
from tests.story import Story

PLACE = re.compile(r"\(\?P<\w+>[^)]*\)|<(?:\w+:)?\w+>")
WORD = "zebraquagga"
READ = ("q", "in", "page", "after", "status", "topic", "kind", "title", "person", "application", "against", "exchange")
SENT = (*READ, "card", "base", "response", "version", "into", "steward", "practice", "also", "authors", "quoted")
ASKED = ("{}", "{}=1", "page=1&{}", "page=1&{}=2", "page={}", "q={}", "before={}", "status={}", "kind={}", "next=/{}")


def routes(patterns: Sequence[Any] | None = None, before: str = "/") -> Iterator[str]:
    for one in get_resolver().url_patterns if patterns is None else patterns:
        way = before + str(one.pattern).removeprefix("^").removesuffix("$")
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, way)
        elif isinstance(one, URLPattern):
            yield way


@pytest.fixture
def lea(story: Story) -> Client:
    return story.browser(story.member("Lea"))


@pytest.fixture
def there(story: Story) -> dict[str, str]:
    """What stands in the places of an address, by what comes before them."""
    asked = story.resolved(story.facilitator, story.member("Omar"))
    practice = story.distil(story.facilitator, asked)
    rows = {"exchanges": asked.pk, "practices": practice.pk, "responses": asked.responses.get().pk}
    return {**rows, "c": story.community.slug, "versions": "1"}


def filled(route: str, there: dict[str, str], at: int = -1, by: str = "") -> str:
    """With `by` in one place, and in each other one what is there."""
    parts, places = PLACE.split(route), PLACE.findall(route)
    for number in range(len(places)):
        right = there.get(parts[number].strip("/").split("/")[-1], "1")
        places[number] = by if number == at else right
    return "".join(part + place for part, place in zip(parts, [*places, ""], strict=True))


def chosen(route: str, there: dict[str, str], by: str) -> list[str]:
    return [filled(route, there, at, by) for at in range(len(PLACE.findall(route)))]


def test_an_address_with_a_nul_is_nowhere(lea: Client, there: dict[str, str]) -> None:
    addresses = [address for route in routes() for address in chosen(route, there, "%00")]
    assert len(addresses) > 80
    answers = {address: {lea.get(address).status_code, lea.post(address).status_code} for address in addresses}
    assert {address: codes for address, codes in answers.items() if codes != {404}} == {}


def test_a_nul_that_is_asked_for_is_nothing(story: Story, there: dict[str, str]) -> None:
    for browser in (story.browser(story.facilitator), story.browser(story.operator)):
        for route in routes():
            address = filled(route, there)
            if address.startswith("/account/"):
                continue
            for asked in ({"before": "\0"}, dict.fromkeys(READ, "\0")):
                assert browser.get(address, asked).status_code < 500, address


def test_a_nul_that_is_sent_breaks_nothing(story: Story, there: dict[str, str]) -> None:
    for browser in (story.browser(story.facilitator), story.browser(story.operator)):
        for address in (filled(route, there) for route in routes()):
            if not address.startswith(("/account/", "/c/pump-crews/membership/end")):
                assert browser.post(address, dict.fromkeys(SENT, "\0")).status_code < 500, address


def test_a_nul_in_a_cookie_is_no_session(story: Story) -> None:
    answer = Client().get("/", headers={"cookie": r'sessionid="\000abcdefghijkl"; csrftoken="\000"'})
    assert answer.status_code == 302


@pytest.mark.parametrize("name", [WORD, "-"])
@pytest.mark.parametrize("asked", ["", "?before=x"])
def test_who_gives_a_row_another_name_is_led_to_its_own(
    lea: Client, story: Story, there: dict[str, str], name: str, asked: str
) -> None:
    for model in (Exchange, Practice):
        address = model.objects.everywhere("test").get().get_absolute_url()
        other = f"{address.rsplit('/', 2)[0]}/{name}/"
        assert lea.get(other + asked)["Location"] == address + asked
        assert lea.get(address).status_code == 200


def test_no_packed_page_says_what_a_stranger_wrote_into_its_address(lea: Client, there: dict[str, str]) -> None:
    asked = [f"{filled(route, there)}?{way.format(WORD)}" for route, way in product(routes(), ASKED)]
    for address in [*asked, *(one for route in routes() for one in chosen(route, there, WORD))]:
        if address.startswith("/account/"):
            continue
        answer = lea.get(address, headers={"accept-encoding": "gzip"}, follow=True)
        if answer.get("Content-Encoding") == "gzip":
            assert WORD not in gzip.decompress(answer.content).decode().lower(), address
