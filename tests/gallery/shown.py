"""The pictures of README.md, from the example: `python -m tests.gallery.shown FOLDER` (`make pictures`)."""

import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.conftest import FLAGS, browser_here

LINK = re.compile(r"^  (?:a|the) (\w+) .*?(http\S+)$")
PORT = "8099"
DESK, TALL, PHONE = ({"width": wide, "height": high} for wide, high in ((1280, 860), (1280, 1080), (390, 844)))


@dataclass
class Picture:
    """What one sees at first: of a page that stands behind the title of something, in a list of its kind."""

    name: str
    who: str
    at: str
    title: str = ""
    size: dict[str, int] | None = None
    theme: str = "light"

    def take(self, browser: Browser, links: dict[str, str], folder: Path) -> None:
        phone = self.size == PHONE
        options: dict[str, Any] = {"color_scheme": self.theme, "locale": "en-GB", "device_scale_factor": 1 + phone}
        page = browser.new_context(viewport=self.size or DESK, **options).new_page()
        self._come(page, links[self.who])
        picture = Image.open(io.BytesIO(page.screenshot()))
        picture.convert("RGB").save(folder / f"{self.name}.webp", quality=80, method=6)
        page.context.close()

    def _come(self, page: Page, link: str) -> None:
        page.goto(link)
        page.goto(link.split("/demo/")[0] + self.at)
        if self.title:
            page.locator("main").get_by_role("link", name=self.title).first.click()
        page.wait_for_load_state("networkidle")


HERE = "/c/pump-crews/"
PICTURES = [
    Picture("home", "member", "/"),
    Picture("exchange", "member", "/search?q=Pump+4+at+Brackley", "Pump 4 at Brackley", PHONE),
    Picture("practice", "member", "/search?q=restarting+pump+lost+prime", "Restarting a pump that has lost prime"),
    Picture("round", "member", f"{HERE}proposals/", "Drying a motor that stood in water"),
    Picture("cycle", "member", f"{HERE}cycle/", size=TALL, theme="dark"),
    Picture("sponsor", "sponsor", "/"),
]


@contextmanager
def _example() -> Iterator[dict[str, str]]:
    """The sign-in links of the example, while it is served."""
    with tempfile.TemporaryDirectory() as folder:
        where = {"COMMONPLACE_DATA": f"{folder}/data", "COMMONPLACE_DEMO_DATA": f"{folder}/example", "PORT": PORT}
        command = [sys.executable, "-m", "commonplace", "demo"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **where}) as served:
            try:
                yield _links(served)
            finally:
                served.terminate()


def _links(served: "subprocess.Popen[str]") -> dict[str, str]:
    assert served.stdout is not None
    links = {}
    for line in served.stdout:
        if link := LINK.match(line):
            links[link[1]] = link[2]
        elif links:
            break
    return links


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with _example() as links, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_here(), args=FLAGS)
        for picture in PICTURES:
            picture.take(browser, links, folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
