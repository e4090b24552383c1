"""The pieces of the design language, drawn from their macros: light and dark beside each other."""

import io
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from PIL import Image
from playwright.sync_api import Browser

from commonplace.ledger import clock
from tests.gallery.samples import NOW, shown

SHEETS = ("lists", "said", "agreed", "seen")
WIDE, LARGEST = 620, 150_000
HERE = Path(__file__).parent
LANGUAGE = HERE.parents[1] / "docs" / "developer" / "design-language.md"
PIECES = os.environ.get("COMMONPLACE_PIECES", "")
"""The folder to which their pictures go."""
OF_A_PAGE = {"operating", "family", "family_line", "earlier"}
"""What is one page's alone is seen there."""


def test_each_macro_of_the_catalogue_is_drawn() -> None:
    drawn = (HERE / "pieces.jinja").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `\{% from \"(.+?)\" import (.+?) %\}`", LANGUAGE.read_text(encoding="utf-8"), re.M)
    named = {name for _, names in rows for name in names.split(", ")} - OF_A_PAGE
    assert rows
    assert {name for name in named if f"{name}(" not in drawn} == set()


@pytest.mark.parametrize("sheet", SHEETS)
def test_pieces_are_drawn_without_a_row(sheet: str) -> None:
    assert "<article>" in _page(sheet)


@pytest.mark.journey
@pytest.mark.skipif(not PIECES, reason="COMMONPLACE_PIECES names no folder")
@pytest.mark.parametrize("sheet", SHEETS)
def test_a_picture_of_each_piece(sheet: str, chromium: Browser, tmp_path: Path) -> None:
    page = tmp_path / f"{sheet}.html"
    page.write_text(_page(sheet), encoding="utf-8")
    sides = [_drawn(chromium, page, theme) for theme in ("light", "dark")]
    both = Image.new("RGB", (2 * WIDE, max(side.height for side in sides)))
    for number, side in enumerate(sides):
        both.paste(side, (number * WIDE, 0))
    picture = Path(PIECES) / f"pieces-{sheet}.webp"
    both.save(picture, quality=70, method=6)
    assert picture.stat().st_size < LARGEST


def _page(sheet: str) -> str:
    env: Any = engines["jinja2"]
    with clock.at(NOW):
        template = env.env.from_string((HERE / "pieces.jinja").read_text(encoding="utf-8"))
        return str(template.render(**shown(), sheet_of=sheet, csrf_input=""))


def _drawn(browser: Browser, page: Path, theme: str) -> Image.Image:
    """As it would be served: each file from the folder of the app that it belongs to."""
    visitor = browser.new_page(viewport={"width": WIDE, "height": 400}, color_scheme=theme)
    visitor.route("**/*", lambda route: route.fulfill(path=_served(urlsplit(route.request.url).path, page)))
    visitor.goto("http://pieces.test/")
    visitor.evaluate("document.fonts.ready")
    picture = visitor.screenshot(full_page=True)
    visitor.close()
    return Image.open(io.BytesIO(picture)).convert("RGB")


def _served(path: str, page: Path) -> Path:
    return page if path == "/" else Path(finders.find(unquote(path).removeprefix("/")) or page)
