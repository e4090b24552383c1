"""Each key presses a link that stands on the page; keys can be turned off."""

import re

from django.test import Client

from commonplace.web.keys import ANYWHERE, ON_LISTS, WITHIN
from tests.story import Story

HERE = "/c/pump-crews/exchanges/"


def borne(client: Client, address: str) -> set[str]:
    return set(re.findall(r'data-key="([^"]+)"', client.get(address).content.decode()))


def test_no_key_without_a_link(story: Story) -> None:
    lea = story.browser(story.member("Lea"))
    anywhere, within = ({one.pressed for one in keys} for keys in (ANYWHERE, WITHIN))
    assert borne(lea, "/") == anywhere
    assert borne(lea, HERE) == anywhere | within


def test_none_is_the_beginning_of_another() -> None:
    pressed = [one.pressed for one in (*ANYWHERE, *WITHIN, *ON_LISTS)]
    assert len(set(pressed)) == len(pressed)
    assert not {one for one in pressed for other in pressed if other.startswith(f"{one} ")}


def test_all_are_listed(story: Story) -> None:
    lea = story.browser(story.member("Lea"))
    page = lea.get("/keys").content.decode()
    for one in (*ANYWHERE, *WITHIN, *ON_LISTS):
        assert str(one.words) in page
    part = lea.get("/keys", headers={"hx-request": "true"}).content.decode()
    assert "<html" not in part
    assert "<kbd>?</kbd>" in part


def test_who_turned_them_off_has_none_and_can_turn_them_on(story: Story) -> None:
    lea = story.browser(story.member("Lea"))
    assert "web/keys" in lea.get("/").content.decode()
    lea.post("/keys/update", {"keys": "off"})
    assert "web/keys" not in lea.get("/").content.decode()
    assert "Turn keys on" in lea.get("/keys").content.decode()
    lea.post("/keys/update", {"keys": "on"})
    assert "web/keys" in lea.get("/").content.decode()


def test_a_stranger_has_none(client: Client, story: Story) -> None:
    assert "web/keys" not in client.get("/account/login/").content.decode()
