"""The frame around every page."""

import re

import pytest
from django.test import Client

from commonplace.communities.models import RoleKind
from tests.story import Story


def test_the_nav_offers_only_what_the_reader_may_open(story: Story) -> None:
    closed = story.found("lab", "The laboratory", by=story.facilitator, visibility="closed")
    sponsor, member = story.serving("Sam", RoleKind.SPONSOR, of=closed), story.member("Lea", of=closed)
    assert _nav(story.browser(member)) == ["exchanges", "practices", "cycle", "objectives"]
    assert _nav(story.browser(sponsor)) == ["cycle", "objectives", "desk"]
    assert _nav(story.browser(story.person("Nina"))) == []


def _nav(client: Client) -> list[str]:
    page = client.get("/c/lab/").content.decode()
    nav = re.search(r'<nav aria-label="The laboratory">(.*?)</nav>', page, re.DOTALL)
    return re.findall(r'href="/c/lab/(\w+)/"', nav[1]) if nav else []


@pytest.mark.parametrize(("language", "words"), [("fr", "Français"), ("en", "English")])
def test_the_language_is_switched_with_a_button(story: Story, language: str, words: str) -> None:
    client = story.browser(story.member("Lea"))
    client.post("/i18n/language/", {"language": language, "next": "/"})
    page = client.get("/").content.decode()
    assert f'<html lang="{language}">' in page
    assert re.search(rf'aria-current="true">{words}<', page)


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("http://testserver/c/?before=x", "http://testserver/c/?before=x"),
        ("http://elsewhere.example/c/", "/"),
        ("", "/"),
    ],
)
def test_who_switched_the_language_is_led_back_to_a_page_of_ours(story: Story, came_from: str, leads_to: str) -> None:
    client = story.browser(story.member("Lea"))
    answer = client.post("/i18n/language/", {"language": "fr"}, headers={"referer": came_from})
    assert answer["Location"] == leads_to


def test_a_stranger_switches_the_language_too(story: Story, client: Client) -> None:
    client.post("/i18n/language/", {"language": "fr", "next": "/account/login/"})
    assert '<html lang="fr">' in client.get("/account/login/").content.decode()


def test_a_title_with_markup_is_text(story: Story) -> None:
    lea = story.member("Lea <b>Bold</b>")
    story.ask(lea, '<script>alert("x")</script>')
    page = story.browser(lea).get("/").content.decode()
    assert "<script>alert" not in page
    assert "<b>Bold" not in page
