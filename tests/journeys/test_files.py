"""Pictures and files in a text, as people bring them: chosen, pasted, dropped; sent at once, named where they write."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from commonplace.communities.models import Person
from commonplace.externalizing.models import Exchange, Response
from tests.files.sent import PDF, picture
from tests.journeys.conftest import Visit
from tests.journeys.visitor import PHONE
from tests.story import Story

pytestmark = pytest.mark.journey
GIVEN = """([name, kind, bytes, how]) => {
  const file = new File([new Uint8Array(bytes)], name, { type: kind }), data = new DataTransfer();
  data.items.add(file);
  const about = { bubbles: true, cancelable: true };
  const event = how === "paste" ? new ClipboardEvent("paste", { ...about, clipboardData: data })
    : new DragEvent("drop", { ...about, dataTransfer: data });
  document.querySelector("textarea").dispatchEvent(event);
}"""


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def lea(live_server: object, story: Story) -> Person:
    return story.member("Lea")


def made(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


def given(page: Page, name: str, how: str, content: bytes) -> None:
    page.evaluate(GIVEN, [name, "image/jpeg", list(content), how])


def text(page: Page) -> str:
    return page.locator("textarea").first.input_value()


def test_several_are_sent_at_once_and_named_in_their_order(visit: Visit, lea: Person, tmp_path: Path) -> None:
    visitor = visit(lea)
    page = visitor.page
    visitor.go("/c/pump-crews/exchanges/new")
    page.fill("[name=title]", "The seal leaks")
    page.fill("[name=body]", "First words.\n\nLast words.")
    page.locator("[name=body]").evaluate("text => text.setSelectionRange(3, 3)")
    chosen = [made(tmp_path, "one.jpg", picture()), made(tmp_path, "plan.pdf", PDF)]
    page.set_input_files("#id_files", chosen)
    expect(page.locator(".saying")).to_contain_text("plan.pdf is in your text.")
    expect(page.locator(".saying")).to_contain_text("one.jpg is in your text. Say between")
    assert re.fullmatch(r"First words\.\n\n!\[one\]\(\S+one\.jpg\)\n\n\[plan\.pdf\]\(\S+\)\n\nLast words\.", text(page))
    assert page.locator("#id_files").evaluate("input => input.files.length") == 0
    assert visitor.barriers() == []
    visitor.press("Ask or tell")
    shown = page.locator("img.picture")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.naturalWidth") > 0
    assert visitor.barriers() == []


@pytest.mark.parametrize("how", ["paste", "drop"])
def test_a_picture_is_pasted_or_dropped(visit: Visit, story: Story, lea: Person, how: str) -> None:
    visitor = visit(lea)
    visitor.go(story.ask(story.member("Omar")).get_absolute_url())
    given(visitor.page, "seal.jpg", how, picture())
    expect(visitor.page.locator(".saying .there")).to_contain_text("seal.jpg is in your text")
    assert "![seal](/files/" in text(visitor.page)


def test_words_that_come_with_a_picture_of_themselves_are_pasted_as_words(
    visit: Visit, story: Story, lea: Person
) -> None:
    visitor = visit(lea)
    visitor.go(story.ask(story.member("Omar")).get_absolute_url())
    with_words = GIVEN.replace("const event", 'data.items.add("words", "text/plain"); const event')
    visitor.page.evaluate(with_words, ["a.jpg", "image/jpeg", list(picture()), "paste"])
    expect(visitor.page.locator(".saying p")).to_have_count(0)


def test_a_form_that_is_sent_meanwhile_waits_for_the_file(
    visit: Visit, story: Story, lea: Person, tmp_path: Path
) -> None:
    visitor = visit(lea)
    page = visitor.page
    visitor.go(story.ask(story.member("Omar")).get_absolute_url())
    held: list[Any] = []
    page.route("**/files/", lambda route: held.append(route))
    page.fill("#response_body", "Look")
    page.set_input_files("#response_files", made(tmp_path, "seal.jpg", picture()))
    page.click("#respond button.main")
    expect(page.locator(".saying")).to_have_text("Your text goes as soon as seal.jpg is there.")
    assert not Response.objects.everywhere("test").exists()
    with page.expect_navigation():
        held[0].continue_()
    expect(page.locator("img.picture")).to_be_visible()


def test_what_is_refused_says_why_and_the_form_stays(visit: Visit, story: Story, lea: Person, tmp_path: Path) -> None:
    visitor = visit(lea)
    page = visitor.page
    visitor.go(story.ask(story.member("Omar")).get_absolute_url())
    page.fill("#response_body", "Look")
    page.route("**/files/", lambda route: route.fulfill(json={"error": "It is empty."}))
    page.set_input_files("#response_files", made(tmp_path, "seal.jpg", picture()))
    expect(page.locator(".saying .wrong")).to_have_text("seal.jpg: It is empty.")
    assert text(page) == "Look"
    assert Exchange.objects.everywhere("test").count() == 1


def test_in_a_form_that_came_later_it_works_as_well(visit: Visit, story: Story, lea: Person, tmp_path: Path) -> None:
    visitor = visit(lea)
    page = visitor.page
    visitor.go(story.respond(lea, story.ask(lea)).exchange.get_absolute_url())
    page.get_by_text("Comment", exact=True).first.click()
    page.set_input_files("#comment_files", made(tmp_path, "seal.jpg", picture()))
    expect(page.locator("#comment_body")).to_have_value(re.compile(r"!\[seal\]"))
    expect(page.locator("#response_body")).to_have_value("")


def test_on_a_phone_what_is_folded_has_the_camera(visit: Visit, story: Story, lea: Person) -> None:
    visitor = visit(lea, viewport=PHONE, has_touch=True, is_mobile=True)
    visitor.go(story.ask(story.member("Omar")).get_absolute_url())
    camera = visitor.page.get_by_label("Take a picture")
    expect(camera).to_be_hidden()
    visitor.page.get_by_text("Pictures and files").filter(visible=True).focus()
    visitor.page.keyboard.press("Enter")
    expect(camera).to_be_visible()
    expect(camera).to_have_attribute("capture", "environment")
    assert not visitor.scrolls_sideways()
    assert visitor.barriers() == []


def test_whoever_has_no_finger_on_the_screen_sees_no_camera(visit: Visit, story: Story, lea: Person) -> None:
    visitor = visit(lea)
    visitor.go(story.ask(story.member("Omar")).get_absolute_url())
    expect(visitor.page.get_by_label("Take a picture")).to_be_hidden()
