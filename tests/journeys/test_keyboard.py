"""Once around the cycle without a pointer: every act is reached, the focus is seen, and is never lost on the way."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from commonplace.communities import acts as social
from commonplace.communities.models import Person
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.jobs import run_due
from commonplace.objectifying.models import Practice
from commonplace.steering.models import Card
from tests.journeys.conftest import Visit
from tests.journeys.test_access import bars
from tests.journeys.visitor import Visitor
from tests.steering.conftest import card_round, consent, in_force, objective, second, sponsor
from tests.story import Story

__all__ = ["card_round", "consent", "in_force", "objective", "second", "sponsor"]

pytestmark = pytest.mark.journey
QUESTION, PRACTICE = "Pump 4 turns but moves no water", "Restarting a pump"
HERE = "/c/pump-crews/"


def writes(visitor: Visitor, **words: str) -> None:
    """Into fields that stand after the focus, one after the other."""
    for name, typed in words.items():
        visitor.tab_to_field(name)
        visitor.page.keyboard.type(typed)


def skips(visitor: Visitor, path: str) -> None:
    """To the content, past the header."""
    visitor.go(path)
    visitor.tab_to("Skip to the content")
    visitor.page.keyboard.press("Enter")


def goes(visitor: Visitor, label: str, where: str) -> None:
    visitor.does(label)
    visitor.page.wait_for_url(f"**/{where}")


def keeps_the_focus(visitor: Visitor, words: str) -> None:
    """What took the place of what was pressed says so, and has the focus."""
    visitor.sees(words)
    expect(visitor.page.locator("body:focus")).to_have_count(0)
    assert words in visitor.page.evaluate("document.activeElement.textContent"), words
    assert bars(visitor) == [], words


def opens(visitor: Visitor, label: str) -> None:
    """A form in the place of the link, and one is in it."""
    visitor.does(label)
    expect(visitor.page.locator(".fold form")).to_be_focused()
    assert bars(visitor) == [], label


def comes_in(story: Story, visit: Visit, person: Person) -> Visitor:
    social.issue_sign_in_link(story.operator, person, secret=f"secret-{person.pk}")
    visitor = visit()
    skips(visitor, f"/sign-in/secret-{person.pk}/")
    visitor.does("Sign in")
    visitor.page.wait_for_url("**/me/password*")
    visitor.go("/")
    return visitor


def asked_and_answered(lea: Visitor, omar: Visitor) -> None:
    lea.does("Ask")
    expect(lea.page.locator("[name=title]")).to_be_focused()
    lea.page.keyboard.type(QUESTION)
    writes(lea, body="It turns, and the gauge stands at zero.")
    lea.does("Ask or tell")
    lea.sees("It is there for everybody")
    skips(omar, "/")
    goes(omar, QUESTION, "exchanges/**")
    writes(omar, body="Bleed before the check valve.")
    omar.does("Answer")
    omar.sees("Bleed before the check valve.")


def confirmed(lea: Visitor, path: str) -> None:
    skips(lea, path)
    lea.does("Thank")
    keeps_the_focus(lea, "Take the thanks back")
    opens(lea, "Comment")
    writes(lea, body="At night too?")
    lea.does("Comment")
    keeps_the_focus(lea, "At night too?")
    skips(lea, path)
    opens(lea, "This helped")
    lea.tab_to_field("benefit")
    lea.page.keyboard.press("Space")
    lea.does("It helped")
    lea.sees("It solved it")
    skips(lea, path)


def written_down_and_used(lea: Visitor, ines: Visitor) -> None:
    goes(lea, "Write it down", "practices/new*")
    writes(lea, title=PRACTICE, context="No water.", how="Bleed it.", why="Air comes back.", limits="No gas.")
    lea.does("Save the practice")
    lea.sees("Air comes back.")
    skips(ines, f"{HERE}practices/")
    goes(ines, PRACTICE, "practices/0*/**")
    goes(ines, "I used it", "applications/new")
    ines.tab_to_field("outcome")
    ines.page.keyboard.press("Space")
    writes(ines, where="Station 7")
    ines.does("Report it")
    ines.sees("Your report is kept")


def agreed_on(lea: Visitor, ines: Visitor) -> str:
    path = Practice.objects.everywhere("test").get(title=PRACTICE).get_absolute_url()
    skips(lea, path)
    goes(lea, "Propose version 1", "new/acceptance/**")
    writes(lea, aim="Nobody loses an hour to a dry pump.")
    lea.does("Open the round")
    lea.sees("It is your turn")
    here = Proposal.objects.everywhere("test").get().get_absolute_url()
    skips(ines, here)
    ines.tab_to_field("stance")
    for key in ("Space", "ArrowRight", "ArrowRight", "ArrowRight"):
        ines.page.keyboard.press(key)
    writes(ines, reason="An open bleed can put gas into the pit.")
    ines.tab_to_field("ground")
    ines.page.keyboard.press("ArrowDown")
    ines.does("Object")
    keeps_the_focus(ines, "You have said: Object")
    skips(ines, here)
    ines.does("Withdraw it")
    expect(ines.page.get_by_role("button", name="Withdraw it")).to_have_count(0)
    skips(ines, here)
    ines.does("Say it anew")
    ines.tab_to_field("stance")
    ines.page.keyboard.press("Space")
    ines.does("Consent")
    keeps_the_focus(ines, "You have said: Consent")
    return here


def read_and_put_away(visitor: Visitor) -> None:
    while run_due():
        pass
    skips(visitor, "/notices/")
    visitor.does("Put all of this away")
    keeps_the_focus(visitor, "Nothing unread.")
    skips(visitor, "/")
    opens(visitor, "Not now")
    visitor.does("Set it aside")
    keeps_the_focus(visitor, "Set aside")
    visitor.does("Take it up again")
    expect(visitor.page.locator(".need :is(h2, h3) a:focus")).to_have_count(1)


def test_once_around_the_cycle_by_keyboard_alone(
    live_server: object, story: Story, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall, ago = clock.wall, [timedelta(days=30)]
    monkeypatch.setattr(clock, "wall", lambda: wall() - ago[0])
    people = [story.member(name) for name in ("Lea Moreau", "Omar Haddad", "Ines Duarte")]
    lea, omar, ines = (comes_in(story, visit, person) for person in people)
    asked_and_answered(lea, omar)
    confirmed(lea, urlsplit(omar.page.url).path)
    written_down_and_used(lea, ines)
    here = agreed_on(lea, ines)
    read_and_put_away(omar)
    for person in people[:2]:
        story.stand(person, Proposal.objects.everywhere("test").get())
    ago[0] = timedelta()
    fay = comes_in(story, visit, story.facilitator)
    skips(fay, here)
    fay.does("End the round")
    fay.does("Accept it")
    fay.sees("accepted")


def test_an_objective_is_judged_by_keyboard_alone(
    live_server: object, visit: Visit, sponsor: Person, in_force: Card
) -> None:
    sam = visit(sponsor)
    skips(sam, in_force.objective.get_absolute_url())
    sam.does("Judge it at this review")
    sam.tab_to_field("level")
    sam.page.keyboard.press("Space")
    writes(sam, words="As it was.")
    sam.does("Record the judgement")
    sam.sees("As it was.")
    sam.page.set_viewport_size({"width": 390, "height": 780})
    sam.go(f"{HERE}objectives/")
    sam.larger()
    assert not sam.scrolls_sideways()
