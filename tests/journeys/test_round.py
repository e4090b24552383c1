"""A stance on a phone: three presses from home, in one hand, in its place; and without a script."""

import pytest
from playwright.sync_api import expect

from commonplace.consenting.kinds import Stand
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from tests.journeys.conftest import Visit
from tests.objectifying.conftest import Crew, crew

__all__ = ["crew"]

pytestmark = pytest.mark.journey
PHONE = {"viewport": {"width": 390, "height": 780}}
SMALLEST = {"viewport": {"width": 320, "height": 640}}
SENT_FROM = "document.addEventListener('htmx:beforeRequest', () => { window.sentFrom = scrollY })"
IN_SIGHT = "[...document.querySelectorAll('.stance')].every(one => one.getBoundingClientRect().bottom <= innerHeight)"


@pytest.fixture
def proposal(crew: Crew) -> Proposal:
    """The server answers in a thread of its own, by the clock on the wall."""
    with clock.at(clock.wall()):
        return crew.proposed()


def stance(crew: Crew, proposal: Proposal) -> Stand:
    return Stand(proposal.stances.current().get(person=crew.ines).stance)


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_stance_is_three_presses_from_home(
    live_server: object, crew: Crew, proposal: Proposal, visit: Visit, javascript: bool
) -> None:
    ines = visit(crew.ines, java_script_enabled=javascript, **PHONE)
    ines.go("/")
    ines.page.locator(f"main a[href='{proposal.get_absolute_url()}']").first.click()
    choice = ines.page.locator(".stance:has([value=consent])")
    box = choice.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 780, "within reach, and nobody has scrolled"
    assert box["height"] >= 44
    choice.click()
    ines.page.locator("#stand form .btn.main").click()
    ines.page.get_by_text("You have said: Consent.").wait_for()
    assert stance(crew, proposal) == Stand.CONSENT


@pytest.mark.parametrize("size", [PHONE, SMALLEST], ids=["phone", "smallest"])
def test_pressed_in_its_place_the_page_does_not_jump_and_the_focus_stays(
    live_server: object, crew: Crew, proposal: Proposal, visit: Visit, size: dict[str, object]
) -> None:
    ines = visit(crew.ines, **size)
    ines.go(proposal.get_absolute_url())
    assert ines.page.evaluate(IN_SIGHT)
    assert not ines.scrolls_sideways()
    assert ines.barriers() == []
    ines.page.mouse.wheel(0, 200)
    ines.page.wait_for_function("scrollY >= 200")
    ines.expects_refusal = True
    for choice in ("object", "concern"):
        ines.page.locator(f".stance:has([value={choice}])").click()
    assert ines.barriers() == []
    assert not ines.page.locator("#stand [name=ground]").is_visible()
    ines.page.locator("#stand form .btn.main").click()
    ines.sees("Say your concern")
    expect(ines.page.locator("#stand [name=reason]")).to_be_focused()
    ines.fill(reason="At night, alone?")
    ines.page.locator("#stand form .btn.main").click()
    ines.sees("You have said: Consent, with a concern.")
    expect(ines.page.locator("#stand")).to_be_focused()
    assert ines.page.evaluate("scrollY") == 200
    assert "you said: consent, with a concern" in ines.page.locator("#state[role=status]").inner_text()
    assert "At night, alone?" in ines.page.locator("#voices").inner_text()
    assert ines.barriers() == []


def test_by_keyboard_alone(live_server: object, crew: Crew, proposal: Proposal, visit: Visit) -> None:
    ines = visit(crew.ines)
    ines.go(proposal.get_absolute_url())
    ines.page.locator("#stand .due a").focus()
    ines.page.keyboard.press("Tab")
    ines.page.keyboard.press("Space")
    for key in ("ArrowRight", "ArrowRight"):
        ines.page.keyboard.press(key)
    ines.page.keyboard.press("Tab")
    ines.page.keyboard.type("Not my pump.")
    ines.page.keyboard.press("Tab")
    ines.page.keyboard.press("Enter")
    ines.sees("You have said: Stand aside.")
    assert stance(crew, proposal) == Stand.ASIDE


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_what_is_asked_and_answered_stands_there_without_a_jump(
    live_server: object, crew: Crew, proposal: Proposal, visit: Visit, javascript: bool
) -> None:
    ines = visit(crew.ines, java_script_enabled=javascript, **PHONE)
    ines.go(proposal.get_absolute_url())
    ines.page.locator("#ask summary").click()
    ines.page.locator("#ask [name=text]").fill("Is it the old valve?")
    ines.page.evaluate(SENT_FROM)
    ines.page.locator("#ask .btn").click()
    ines.sees("Your question stands beside the text.")
    (question,) = proposal.questions.all()
    if not javascript:
        return
    asked = ines.page.locator(f"#q-{question.pk}")
    expect(asked.get_by_text("Your question stands")).to_be_focused()
    assert ines.page.evaluate("scrollY - window.sentFrom") == 0, "the same page, where it was"
    asked.locator("summary").click()
    ines.expects_refusal = True
    asked.locator(".btn").click()
    asked.get_by_role("alert").wait_for()
    expect(asked.locator("[name=text]")).to_be_focused()
    ines.page.keyboard.type("The new one.")
    asked.locator(".btn").click()
    ines.sees("Your answer stands under the question.")
    assert "The new one." in asked.locator(".answers").inner_text()
    assert ines.page.evaluate("scrollY - window.sentFrom") == 0
    assert ines.barriers() == []
