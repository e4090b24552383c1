"""A text with all that people write reads right: in every direction, in each width, in the dark."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.visitor import DESK
from tests.story import Story

pytestmark = pytest.mark.journey
EVERYTHING = (Path(__file__).parent / "known.md").read_text()
TITLE = "كيف أعيد تشغيل المضخة (C++)؟"
READ = {"شكرا جزيلا على": "rtl", "המשאבה": "rtl", "पंप": "ltr", "กรุณา": "ltr", "请先": "ltr"}
DIRECTION = "element => getComputedStyle(element).direction"


@pytest.mark.parametrize("size", [DESK, {"width": 390, "height": 844}], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_reads_right(
    live_server: object, story: Story, visit: Visit, size: dict[str, int], scheme: str
) -> None:
    lea = story.member("Lea Moreau")
    exchange = story.ask(lea, TITLE, body=EVERYTHING)
    story.respond(story.member("Omar"), exchange, EVERYTHING)
    reader = visit(lea, viewport=size, color_scheme=scheme)
    reader.go(exchange.get_absolute_url())
    page = reader.page
    assert not reader.scrolls_sideways()
    expect(page.locator("h1")).to_have_attribute("lang", "ar")
    for words, direction in READ.items():
        assert page.locator("p", has_text=words).first.evaluate(DIRECTION) == direction
    assert page.locator("ol[dir=auto]", has_text="أولا").first.evaluate(DIRECTION) == "rtl"
    assert page.locator("math").first.evaluate("element => element.namespaceURI").endswith("MathML")
    assert page.evaluate("new Set([...document.querySelectorAll('[id]')].map(one => one.id)).size") == page.evaluate(
        "document.querySelectorAll('[id]').length"
    )
    assert reader.barriers() == []


def test_a_definition_stands_apart_from_the_heading_above_it(live_server: object, story: Story, visit: Visit) -> None:
    lea = story.member("Lea Moreau")
    reader = visit(lea)
    reader.go(story.ask(lea, "Words", body="- # Heading\n  Term\n  : Definition").get_absolute_url())
    heading, term = (reader.page.locator(tag).bounding_box() for tag in ("li h3", "li dt"))
    assert heading
    assert term
    assert term["y"] - heading["y"] - heading["height"] > 10
