"""From an exchange that helped to a practice that is agreed on, used, and challenged."""

import pytest
from playwright.sync_api import expect

from commonplace.communities.models import Person
from commonplace.internalizing import acts as uptake
from commonplace.internalizing.models import Application
from commonplace.ledger.jobs import run_due
from commonplace.objectifying.models import Practice
from tests.journeys.conftest import Visit
from tests.story import Story

pytestmark = pytest.mark.journey
TITLE = "Restarting a pump that has lost prime"


class Crew:
    def __init__(self, story: Story) -> None:
        self.story, self.fay = story, story.facilitator
        self.lea, self.omar = story.member("Lea Moreau", unit="North"), story.member("Omar Haddad", unit="South")
        self.ines = story.member("Ines Duarte", unit="North")

    def candidate(self) -> Practice:
        practice = self.story.distil(
            self.lea, self.story.resolved(self.lea, self.omar), title=TITLE, authors=[self.omar]
        )
        self.used_by(self.ines, practice)
        return practice

    def accepted(self) -> Practice:
        proposal = self.story.propose(self.lea, self.candidate())
        for person in (self.lea, self.omar, self.ines, self.fay):
            self.story.stand(person, proposal)
        self.story.decide(self.fay, proposal)
        return Practice.objects.everywhere("test").get(pk=proposal.subject_id)

    @staticmethod
    def used_by(person: Person, practice: Practice, outcome: str = "worked") -> None:
        uptake.apply(person, practice, application=Application(outcome=outcome, where="Station 12"))


@pytest.fixture
def crew(live_server: object, story: Story) -> Crew:
    return Crew(story)


def status() -> str:
    return str(Practice.objects.everywhere("test").get(title=TITLE).status)


@pytest.mark.parametrize("javascript", [True, False], ids=["with javascript", "without javascript"])
def test_what_helped_is_written_down(crew: Crew, visit: Visit, javascript: bool) -> None:
    exchange = crew.story.resolved(crew.lea, crew.omar, title="Pump 4 has lost prime")
    lea = visit(crew.lea, java_script_enabled=javascript)
    lea.go(exchange.get_absolute_url())
    lea.follow("Write it down")
    lea.fill(title=TITLE, context="It turns but moves no water.", how="Bleed before the valve.", why="Air comes back.")
    lea.fill(limits="Not near chlorine.")
    lea.page.get_by_label("Omar Haddad", exact=True).check()
    lea.page.locator("[name=quoted]").first.check()
    lea.press("Save the practice")
    lea.sees("Bleed before the valve.")
    assert status() == "candidate"

    omar = visit(crew.omar, java_script_enabled=javascript)
    omar.go("/")
    omar.sees("Your words are quoted")
    omar.follow(TITLE)
    omar.sees("Bleed before the check valve.")


def test_using_it_takes_half_a_minute_and_a_failure_leads_to_a_challenge(crew: Crew, visit: Visit) -> None:
    crew.accepted()
    nina = visit(crew.story.member("Nina New"))
    run_due()  # A worker would have indexed it by now.
    nina.go("/search?q=pump")
    nina.follow("Restarting a pump")
    nina.follow("I used it")
    nina.page.get_by_label("It failed").check()
    nina.fill(where="Station 7, the new diaphragm pump", adaptation="It failed twice.")
    nina.press("Report it")
    nina.follow("Challenge it")
    nina.choose("ground", "failed")
    nina.fill(reason="Bleeding first does not work on diaphragm pumps.")
    nina.press("Challenge it")
    nina.sees("Challenged by Nina New.")
    assert status() == "contested"

    lea = visit(crew.lea)
    lea.go("/c/pump-crews/practices/")
    lea.follow(TITLE)
    lea.sees("Bleeding first does not work")


def test_on_a_phone_a_use_is_reported_from_home_in_four_presses(crew: Crew, visit: Visit) -> None:
    crew.accepted()
    nina = visit(crew.story.member("Nina New"), viewport={"width": 390, "height": 780})
    nina.go("/")
    nina.follow(TITLE)
    use = nina.page.get_by_role("link", name="I used it")
    expect(use).to_be_in_viewport()
    use.click()
    nina.page.get_by_text("It worked", exact=True).click()
    nina.fill(where="Station 7")
    send = nina.page.get_by_role("button", name="Report it")
    expect(send).to_be_in_viewport()
    send.click()
    nina.sees("Your report is kept")
    assert Application.objects.everywhere("test").filter(where="Station 7", outcome="worked").count() == 1


def test_a_choice_changes_the_list_in_its_place(crew: Crew, visit: Visit) -> None:
    """The address and the focus go along, what was found is told to whoever listens, and one comes back."""
    crew.accepted()
    crew.story.bring(crew.lea, title="A rule of old")
    lea = visit(crew.lea)
    lea.go("/c/pump-crews/practices/")
    lea.page.locator("#status-accepted").press("Enter")
    expect(lea.page.get_by_text("A rule of old")).to_have_count(0)
    assert lea.page.url.endswith("?status=accepted")
    expect(lea.page.locator("#status-accepted")).to_be_focused()
    expect(lea.page.get_by_role("status").filter(has_text="1 practice")).to_have_count(1)
    lea.page.go_back()
    lea.sees("A rule of old")


def test_what_is_on_paper_has_no_barriers(crew: Crew, visit: Visit) -> None:
    practice = crew.accepted()
    lea = visit(crew.lea, viewport={"width": 320, "height": 640})
    for path in (
        f"/c/pump-crews/practices/{practice.pk}/print",
        "/c/pump-crews/practices/",
        practice.get_absolute_url(),
    ):
        lea.go(path)
        assert lea.barriers() == [], path
        assert not lea.scrolls_sideways(), path


def test_on_paper_stand_words_and_where_they_are_from(crew: Crew, visit: Visit) -> None:
    practice = crew.accepted()
    exchange = crew.story.resolved(crew.lea, crew.omar)
    open_round = crew.story.propose(crew.lea, crew.candidate())
    lea = visit(crew.lea)
    lea.page.emulate_media(media="print")
    for path in (
        practice.get_absolute_url(),
        exchange.get_absolute_url(),
        open_round.get_absolute_url(),
        "/c/pump-crews/charter",
    ):
        lea.go(path)
        for gone in ("nav", "form", "button", ".btn", "input", ".on-screen", ".stand"):
            assert not any(one.is_visible() for one in lea.page.locator(gone).all()), f"{gone} on {path}"
        expect(lea.page.get_by_text(lea.address + path)).to_be_visible()
