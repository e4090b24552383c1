"""Someone asks, someone else answers, and who asked says that it helped."""

import pytest
from playwright.sync_api import expect

from commonplace.externalizing.models import Exchange, Status
from commonplace.ledger.jobs import run_due
from tests.journeys.conftest import Visit
from tests.story import Story

pytestmark = pytest.mark.journey
TITLE = "How do you restart pump 4?"


def status() -> str:
    return Exchange.objects.everywhere("test").get(title=TITLE).status


@pytest.mark.parametrize("javascript", [True, False], ids=["with javascript", "without javascript"])
def test_a_question_is_answered_and_confirmed(
    live_server: object, story: Story, visit: Visit, javascript: bool
) -> None:
    lea = visit(story.member("Lea Moreau"), java_script_enabled=javascript)
    lea.go("/c/pump-crews/exchanges/")
    lea.follow("Ask or tell")
    lea.fill(title=TITLE, body="It turns but moves **no** water.", topics="pumps, night shift")
    lea.press("Ask or tell")
    lea.sees("moves no water")
    assert status() == Status.OPEN

    omar = visit(story.member("Omar Haddad"), java_script_enabled=javascript)
    omar.go("/")
    omar.follow(TITLE)
    omar.fill(body="Bleed before the check valve.")
    omar.press("Answer")
    omar.sees("Bleed before the check valve.")

    lea.go("/")
    lea.sees("Did it help?")
    lea.follow(TITLE)
    lea.follow("This helped")
    lea.choose("benefit", "solution")
    lea.press("It helped")
    lea.sees("Lea Moreau · It solved it")
    assert status() == Status.RESOLVED


def test_what_was_typed_stays_when_something_is_missing(live_server: object, story: Story, visit: Visit) -> None:
    lea = visit(story.member("Lea"))
    lea.expects_refusal = True
    lea.go("/c/pump-crews/exchanges/new")
    lea.fill(body="Words that took me an hour.")
    lea.press("Ask or tell")
    expect(lea.page.get_by_role("alert")).to_be_visible()
    expect(lea.page.locator("[name=body]")).to_have_value("Words that took me an hour.")
    title = lea.page.locator("[name=title]")
    expect(title).to_be_focused()
    expect(title).to_have_attribute("aria-invalid", "true")
    assert "id_title_error" in (title.get_attribute("aria-describedby") or "")


def test_with_the_keyboard_alone(live_server: object, story: Story, visit: Visit) -> None:
    lea = visit(story.member("Lea"))
    lea.go("/c/pump-crews/exchanges/")
    lea.page.keyboard.press("Tab")
    expect(lea.page.get_by_text("Skip to the content")).to_be_focused()
    lea.page.keyboard.press("Enter")
    lea.tab_to("Ask or tell")
    lea.page.keyboard.press("Enter")
    lea.page.wait_for_url("**/exchanges/new")
    expect(lea.page.locator("[name=title]")).to_be_focused()
    lea.page.keyboard.type(TITLE)
    lea.tab_to_field("body")
    lea.page.keyboard.type("It turns but moves no water.")
    lea.tab_to("Ask or tell")
    lea.page.keyboard.press("Enter")
    lea.sees("moves no water")
    assert status() == Status.OPEN


def test_back_in_search_leads_to_what_was_found_before(live_server: object, story: Story, visit: Visit) -> None:
    """Typing changes the list alone; going back brings a whole page."""
    story.ask(story.member("Omar"), "Restarting pump 4")
    run_due()
    lea = visit(story.member("Lea"))
    lea.go("/search")
    lea.page.fill("#words", "pump")
    lea.page.wait_for_url("**q=pump*")
    lea.page.fill("#words", "zebra")
    lea.page.wait_for_url("**q=zebra*")
    lea.page.go_back()
    lea.sees("1 found")
    expect(lea.page.locator("header")).to_be_visible()
    expect(lea.page.locator("main [name=q]")).to_have_value("pump")


def test_who_is_signed_out_meanwhile_signs_in_on_a_page(live_server: object, story: Story, visit: Visit) -> None:
    lea = visit(story.member("Lea"))
    story.respond(story.member("Omar"), exchange := story.ask(story.member("Ida")))
    lea.go(exchange.get_absolute_url())
    lea.context.clear_cookies(name="sessionid")
    lea.follow("Comment")
    lea.page.wait_for_url("**/account/login/?next=**")
    expect(lea.page.locator("[name=login]")).to_be_visible()
