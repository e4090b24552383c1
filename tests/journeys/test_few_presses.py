"""Five tasks from home, signed in, on a phone, counted in presses: typing and scrolling are none."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, expect

from commonplace.consenting.models import Proposal
from commonplace.externalizing.models import Exchange, Response
from commonplace.internalizing.models import Application
from commonplace.ledger import clock
from commonplace.ledger.jobs import run_due
from commonplace.objectifying.models import Practice
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor
from tests.objectifying.conftest import Crew, crew

__all__ = ["crew"]

pytestmark = pytest.mark.journey
IN_HAND = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
QUESTION, PRACTICE = "Which seal for pump 7?", "Restarting a pump that has lost prime"


class Thumb:
    """Ines's."""

    def __init__(self, ines: Visitor, crew: Crew, proposal: Proposal) -> None:
        self.page, self.crew, self.proposal, self.presses = ines.page, crew, proposal, 0
        ines.go("/")

    def on(self, what: Locator) -> None:
        self.presses += 1
        what.tap()

    def link(self, label: str) -> Locator:
        return self.page.get_by_role("link", name=label, exact=True).first

    def button(self, label: str) -> Locator:
        return self.page.get_by_role("button", name=label, exact=True).first

    def types(self, words: str, *, into: str) -> None:
        """Where one is already."""
        field = self.page.locator(f"main [name={into}]").first
        expect(field).to_be_focused()
        expect(field).to_be_in_viewport()
        self.page.keyboard.type(words)

    def sees(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for(state="visible")


def asks(thumb: Thumb) -> None:
    thumb.on(thumb.link("Ask"))
    thumb.types("Which valve?", into="title")
    assert thumb.page.evaluate("scrollY") == 0
    thumb.page.locator("[name=body]").fill("It leaks.")
    thumb.on(thumb.button("Ask or tell"))
    thumb.sees("It is there for everybody")
    assert Exchange.objects.everywhere("test").filter(title="Which valve?").exists()


def answers(thumb: Thumb) -> None:
    thumb.on(thumb.link(f"Answer {QUESTION}"))
    thumb.types("The blue one.", into="body")
    thumb.on(thumb.button("Answer"))
    thumb.sees("Your answer stands in the exchange.")
    assert Response.objects.everywhere("test").filter(exchange__title=QUESTION, author=thumb.crew.ines).exists()


def reports(thumb: Thumb) -> None:
    thumb.on(thumb.link(PRACTICE))
    expect(thumb.link("I used it")).to_be_in_viewport()
    thumb.on(thumb.link("I used it"))
    thumb.on(thumb.page.get_by_text("It worked", exact=True))
    thumb.page.locator("[name=where]").fill("Station 7")
    expect(thumb.button("Report it")).to_be_in_viewport()
    thumb.on(thumb.button("Report it"))
    thumb.sees("Your report is kept")
    assert Application.objects.everywhere("test").filter(where="Station 7", outcome="worked").count() == 1


def takes_a_stance(thumb: Thumb) -> None:
    thumb.on(thumb.page.locator(f"main a[href='{thumb.proposal.get_absolute_url()}']").first)
    choice = thumb.page.locator(".stance:has([value=consent])")
    expect(choice).to_be_in_viewport(ratio=1)
    box = choice.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    thumb.on(choice)
    thumb.on(thumb.page.locator("#stand form .btn.main"))
    thumb.sees("You have said: Consent.")
    assert thumb.proposal.stances.current().get(person=thumb.crew.ines).stance == "consent"


def finds_a_practice(thumb: Thumb) -> None:
    thumb.on(thumb.page.locator(".to-search"))
    thumb.types("lost prime", into="q")
    thumb.page.keyboard.press("Enter")
    thumb.on(thumb.page.locator("main").get_by_role("link", name=PRACTICE).first)
    thumb.page.get_by_role("heading", level=1, name=PRACTICE).wait_for()


PROMISED: dict[Callable[[Thumb], None], int] = {asks: 2, answers: 2, reports: 4, takes_a_stance: 3, finds_a_practice: 2}


@pytest.fixture
def proposal(live_server: object, crew: Crew) -> Proposal:
    """The server answers by the clock on the wall: a practice is agreed on before, a round and a question wait."""
    with clock.at(clock.wall() - timedelta(days=40)):
        crew.accepted(crew.candidate(title=PRACTICE))
    with clock.at(clock.wall()):
        proposal = crew.proposed(crew.candidate(title="Night shift"))
        crew.story.ask(crew.lea, QUESTION)
        while run_due():
            pass
    assert Practice.objects.everywhere("test").filter(title=PRACTICE).get().status == "accepted"
    crew.story.browser(crew.ines).get("/")  # What a process composes once is composed before anybody waits for it.
    return proposal


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_as_few_presses_as_promised(crew: Crew, proposal: Proposal, visit: Visit, javascript: bool) -> None:
    ines, needed = visit(crew.ines, java_script_enabled=javascript, **IN_HAND), {}
    for task in PROMISED:
        thumb = Thumb(ines, crew, proposal)
        task(thumb)
        needed[task.__name__] = thumb.presses
    assert needed == {task.__name__: most for task, most in PROMISED.items()}
