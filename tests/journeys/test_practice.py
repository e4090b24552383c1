"""From an exchange that helped to a practice that is agreed on, used, and challenged."""

import pytest

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
