"""A real browser. Every visitor watches for errors in the console and for requests to another host."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.visitor import Visitor

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def browser_here() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")  # Its loop must have ended before the same process tests code that has its own.
def chromium() -> Iterator[Browser]:
    path = browser_here()
    if path is None:
        pytest.skip("The journeys need a browser; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def live_server(live_server: object) -> Iterator[object]:
    """As it is served: files too come from the product's own middleware, not from a stand-in of Django's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "_should_handle", lambda *_: False)
        yield live_server


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(chromium: Browser, live_server: object) -> Iterator[Visit]:
    """`visit(person)` is that person at their browser; `visit(None)` a stranger. Options go to the browser context."""
    visitors: list[Visitor] = []

    def come(person: object = None, **options: object) -> Visitor:
        visitors.append(Visitor(chromium, str(live_server), person, **options))
        return visitors[-1]

    yield come
    for visitor in visitors:
        visitor.leave()
