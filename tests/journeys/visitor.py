"""A person at a browser."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request

PHONE = {"width": 320, "height": 640}  # The narrowest that is promised.
DESK = {"width": 1280, "height": 900}


OUTLINED = """[document.activeElement, document.activeElement.closest('label')]
.some(one => one && getComputedStyle(one).outlineStyle !== 'none')"""


class Visitor:
    expects_refusal = False

    def __init__(self, browser: Browser, address: str, person: Any, **options: Any) -> None:
        self.address, self.host = address, urlsplit(address).netloc
        self.errors: list[str] = []
        self.strangers: list[str] = []
        self.context = browser.new_context(**{"viewport": DESK, "locale": "en-GB", **options})
        if person is not None:
            self._sign_in(person)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._requested)

    def go(self, path: str) -> int:
        response = self.page.goto(self.address + path)
        assert response is not None
        return response.status

    def fill(self, **values: str) -> None:
        """By the name of the field."""
        for name, value in values.items():
            self.page.locator(f"[name={name}]:visible").first.fill(value)

    def choose(self, name: str, value: str) -> None:
        self.page.locator(f"[name={name}][value={value}]").check()

    def press(self, label: str) -> None:
        self.page.get_by_role("button", name=label).first.click()

    def follow(self, label: str) -> None:
        self.page.get_by_role("link", name=label).first.click()

    def stands(self, stance: str, ground: str = "", **words: str) -> None:
        """In a round: the choice, what it asks for, and the press that says it."""
        self.page.locator(f".stance:has([value={stance}])").click()
        self.fill(**words)
        if ground:
            self.page.locator("#stand [name=ground]").select_option(ground)
        self.page.locator("#stand form .btn.main").click()
        shown = re.compile(f"(You have said|Where you stand): {stance}", re.IGNORECASE)
        self.page.get_by_text(shown).first.wait_for(state="visible")

    def tab_to(self, label: str) -> None:
        """Only with the keyboard, and the focus must be visible on the way."""
        self._tab(lambda: label in str(self.page.evaluate("document.activeElement.textContent")), label)

    def does(self, label: str) -> None:
        """The next thing of this name, by the keyboard."""
        self.tab_to(label)
        self.page.keyboard.press("Enter")

    def tab_to_field(self, name: str) -> None:
        self._tab(lambda: self.page.evaluate("document.activeElement.name") == name, name)

    def sees(self, words: str) -> Locator:
        place = self.page.get_by_text(words).first
        place.wait_for(state="visible")
        return place

    def scrolls_sideways(self) -> bool:
        return bool(self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))

    def larger(self) -> None:
        """Twice as large letters, as a browser's own setting makes them."""
        self.page.evaluate("document.documentElement.style.fontSize = '200%'")

    def barriers(self) -> list[str]:
        """What axe finds, a line each."""
        violations = Axe().run(self.page).response["violations"]
        return [f"{one['id']}: {node['html'][:160]}" for one in violations for node in one["nodes"]]

    def leave(self) -> None:
        self.context.close()
        assert self.errors == [], self.errors
        assert self.strangers == []

    def _tab(self, arrived: Callable[[], bool], where: str) -> None:
        for _ in range(60):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate("document.activeElement.outerHTML")[:160]
            assert self.page.evaluate(OUTLINED), f"The focus is not visible on the way to {where}: {here}"
            if arrived():
                return
        raise AssertionError(f"The keyboard does not reach {where}")

    def _sign_in(self, person: Any) -> None:
        client = Client()
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not (self.expects_refusal and "status of 4" in message.text):
            self.errors.append(f"{self.page.url}: {message.text}")

    def _requested(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.strangers.append(request.url)
