"""The frame of every page: how many presses, what the keyboard reaches, and that nothing jumps."""

import re

import pytest
from playwright.sync_api import expect

from commonplace.communities.models import Person
from commonplace.externalizing.models import Exchange
from commonplace.ledger import jobs
from tests.journeys.conftest import Visit
from tests.journeys.visitor import PHONE
from tests.story import Story

pytestmark = pytest.mark.journey
IN_HAND = {"width": 390, "height": 780}
SCROLLED = "window.scrollY"


def test_asking_is_two_presses_and_typing(live_server: object, story: Story, visit: Visit) -> None:
    """From home, on a phone, without scrolling: the form is open and ready to be typed in after the first."""
    lea = visit(story.member("Lea"), viewport=IN_HAND, has_touch=True)
    lea.go("/")
    lea.page.get_by_role("link", name="Ask", exact=True).tap()
    title = lea.page.locator("[name=title]")
    expect(title).to_be_focused()
    expect(title).to_be_in_viewport(ratio=1)
    assert lea.page.evaluate(SCROLLED) == 0
    lea.page.keyboard.type("Which seal for pump 4?")
    lea.fill(body="It leaks.")
    lea.page.get_by_role("button", name="Ask or tell").tap()
    lea.sees("It is there for everybody")
    assert Exchange.objects.everywhere("test").filter(title="Which seal for pump 4?").exists()


def test_who_belongs_to_several_presses_once_more(live_server: object, story: Story, visit: Visit) -> None:
    omar = story.member("Omar")
    story.invited(omar, story.found("other", "Other circle", by=story.facilitator))
    reader = visit(omar, viewport=PHONE)
    reader.go("/")
    reader.follow("Ask")
    reader.page.locator("main").get_by_role("link", name="Other circle").click()
    expect(reader.page.locator("[name=title]")).to_be_focused()
    reader.follow("Ask")
    reader.page.wait_for_url("**/c/other/exchanges/new")


@pytest.mark.parametrize(("width", "language"), [(320, "en"), (320, "fr"), (390, "fr"), (1280, "en")])
def test_ask_is_in_sight_on_every_page_and_nothing_moves_sideways(
    live_server: object, story: Story, visit: Visit, width: int, language: str
) -> None:
    lea = story.member("Lea Margarethe Friederike")
    Person.objects.filter(pk=lea.pk).update(language=language)
    for number in range(6):
        title = f"Circle of those who maintain {number}"
        story.invited(lea, story.found(f"circle-{number}", title, by=story.facilitator))
    reader = visit(lea, viewport={"width": width, "height": 640})
    for path in ("/", "/ask", "/keys", "/c/pump-crews/", "/c/pump-crews/exchanges/", "/me/", "/search"):
        reader.go(path)
        ask = reader.page.locator(".top .ask")
        expect(ask).to_be_in_viewport(ratio=1)
        assert ask.bounding_box()["y"] < 60, "on the first line"  # type: ignore[index]
        expect(reader.page.locator(".strip a").first).to_be_in_viewport()
        assert not reader.scrolls_sideways(), path
        assert reader.barriers() == [], path


def test_one_s_communities_are_within_five_tabs(live_server: object, story: Story, visit: Visit) -> None:
    lea = visit(story.member("Lea"))
    lea.go("/")
    reached = []
    for _ in range(5):
        lea.page.keyboard.press("Tab")
        reached.append(lea.page.evaluate("document.activeElement.textContent.trim()"))
    assert "Pump crews" in reached
    assert "All communities" in reached


def test_keys_press_links_and_leave_who_types_alone(live_server: object, story: Story, visit: Visit) -> None:
    author = story.member("Lea")
    for number in range(3):
        story.ask(story.member(f"Omar {number}"), f"Question {number}")
    lea, keyboard = (reader := visit(author)), reader.page.keyboard
    lea.go("/")
    for keys, path in (("gc", "/c/"), ("gn", "/notices/"), ("gh", "/"), ("a", "/c/pump-crews/exchanges/new")):
        for key in keys:
            keyboard.press(key)
        lea.page.wait_for_url(re.compile(rf"{re.escape(path)}$"))
    expect(lea.page.locator("[name=title]")).to_be_focused()
    keyboard.type("g e / ?")
    assert lea.page.locator("[name=title]").input_value() == "g e / ?"
    lea.go("/c/pump-crews/")
    for keys, path in (("gp", "practices"), ("gy", "cycle"), ("go", "objectives"), ("ge", "exchanges")):
        for key in keys:
            keyboard.press(key)
        lea.page.wait_for_url(f"**/c/pump-crews/{path}/")
    for key, title in (("j", "Question 2"), ("j", "Question 1"), ("k", "Question 2")):
        keyboard.press(key)
        assert lea.page.evaluate("document.activeElement.textContent").strip() == title
    keyboard.press("Control+j")
    assert lea.page.evaluate("document.activeElement.textContent").strip() == "Question 2"
    keyboard.press("?")
    expect(lea.page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert lea.barriers() == []
    keyboard.press("Escape")
    expect(lea.page.get_by_role("dialog")).to_have_count(0)
    keyboard.press("/")
    expect(lea.page.locator("#seek")).to_be_focused()
    expect(lea.page.locator(".within input")).to_be_visible()


def test_set_aside_where_it_stands_without_a_jump(live_server: object, story: Story, visit: Visit) -> None:
    author = story.member("Lea")
    for number in range(3):
        story.ask(author, f"Question {number}")
    lea = visit(author, viewport=IN_HAND)
    lea.go("/")
    lea.page.get_by_role("link", name="Not now (Question 1)").click()
    lea.page.get_by_role("button", name="Set it aside").click()
    told_so = lea.page.get_by_role("status").filter(has_text="Set aside: Question 1")
    expect(told_so).to_be_focused()
    assert lea.barriers() == []
    lea.page.get_by_role("button", name="Take it up again").click()
    expect(lea.page.get_by_role("link", name="Question 1", exact=True)).to_be_visible()


def test_put_away_without_a_reload(live_server: object, story: Story, visit: Visit) -> None:
    author = story.member("Lea")
    story.respond(story.member("Omar"), story.ask(author, "Which seal?"))
    while jobs.run_due():
        pass
    lea = visit(author)
    lea.go("/notices/")
    lea.sees("Which seal?")
    lea.press("Put all of this away")
    lea.sees("Nothing unread.")
    expect(lea.page.locator("#unread b")).to_have_count(0)
    expect(lea.page.locator("main")).to_have_count(1)


def test_without_a_script_the_same_is_done_by_pages(live_server: object, story: Story, visit: Visit) -> None:
    author = story.member("Lea")
    story.ask(author, "Which seal?")
    lea = visit(author, java_script_enabled=False, viewport=PHONE)
    lea.go("/")
    lea.follow("Not now")
    lea.press("Set it aside")
    lea.sees("It is set aside.")
    lea.follow("Keys")
    lea.press("Turn keys off")
    lea.sees("Keys are off")
    lea.page.locator(".to-search").click()
    expect(lea.page.locator("#words")).to_be_visible()
