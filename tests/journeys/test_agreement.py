"""From a question to an agreement in communities of one, two, three of whom one is away, five, and two hundred."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from commonplace.communities.models import Person
from commonplace.consenting import jobs
from commonplace.ledger import clock
from commonplace.objectifying.models import Practice
from tests.journeys.conftest import Visit
from tests.journeys.visitor import Visitor
from tests.story import Story

pytestmark = pytest.mark.journey
TITLE = "Restarting a pump that has lost prime"
HERE = "/c/pump-crews/"
Pass = Callable[[], None]


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> Pass:
    """It begins a month ago, for the server too, which answers in a thread of its own; then it is today."""
    wall, ago = clock.wall, [timedelta(days=30)]
    monkeypatch.setattr(clock, "wall", lambda: wall() - ago[0])

    def passes() -> None:
        ago[0] = timedelta()

    return passes


def status() -> str:
    return str(Practice.objects.everywhere("test").get(title=TITLE).status)


def shared(asker: Visitor, helper: Visitor) -> None:
    """Asked, answered, confirmed, written down, used."""
    asker.go(f"{HERE}exchanges/new")
    asker.fill(title="Pump 4 has lost prime", body="It turns but moves no water.")
    asker.press("Ask or tell")
    asker.sees("It turns but moves no water.")
    here = asker.page.url.removeprefix(asker.address)
    helper.go(here)
    helper.fill(body="Bleed before the check valve.")
    helper.press("Answer")
    helper.sees("Bleed before the check valve.")
    asker.go(here)
    asker.follow("This helped")
    asker.choose("benefit", "solution")
    asker.press("It helped")
    asker.sees("It helped")
    asker.go(here)
    asker.follow("Write it down")
    asker.fill(title=TITLE, context="It turns.", how="Bleed before the valve.", why="Air comes back.", limits="No gas.")
    for author in asker.page.locator("[name=authors]").all():
        author.uncheck()  # Else nobody is left who could use it without being its author.
    asker.press("Save the practice")
    asker.sees("Bleed before the valve.")
    helper.go(f"{HERE}practices/")
    helper.follow(TITLE)
    helper.follow("I used it")
    helper.choose("outcome", "worked")
    helper.fill(where="Station 7")
    helper.press("Report it")
    helper.page.wait_for_url("**/practices/**")


def proposed(visitor: Visitor) -> str:
    visitor.go(f"{HERE}practices/")
    visitor.follow(TITLE)
    visitor.follow("Propose version 1")
    visitor.fill(aim="Nobody loses an hour to a dry pump.")
    visitor.press("Open the round")
    visitor.sees("It is your turn")
    return visitor.page.url.removeprefix(visitor.address)


def consents(visitor: Visitor, here: str) -> None:
    visitor.go("/")
    visitor.page.locator(f"a[href='{here}']").first.click()
    visitor.stands("consent")


def crew(story: Story, size: int) -> list[Person]:
    return [story.facilitator, *(story.member(f"Member {number}") for number in range(2, size + 1))]


def test_one_person_keeps_a_practice_and_reads_when_it_can_be_agreed_on(
    live_server: object, story: Story, visit: Visit
) -> None:
    alone = visit(story.facilitator)
    alone.go(HERE)
    alone.page.get_by_text("How we decide, and what we hold to each other").click()
    alone.sees("kept by one person; it is agreed when there are two")
    alone.follow("Invite people")
    alone.sees("Invit")


def test_two_people_agree_as_soon_as_both_have_spoken(live_server: object, story: Story, visit: Visit) -> None:
    fay, two = (visit(person) for person in crew(story, 2))
    shared(fay, two)
    here = proposed(fay)
    consents(fay, here)
    assert status() == "proposed", "who wrote and opened it does not agree alone"
    consents(two, here)
    two.sees("accepted")
    assert status() == "accepted"


def test_three_agree_though_one_is_away(live_server: object, story: Story, visit: Visit, passes: Pass) -> None:
    people = crew(story, 3)
    fay, two = visit(people[0]), visit(people[1])
    shared(fay, two)
    here = proposed(fay)
    consents(fay, here)
    consents(two, here)
    assert status() == "proposed", "the third may still speak"
    passes()
    fay = visit(people[0])  # Signed in anew: so long no session lasts.
    fay.go(here)
    fay.sees("It has closed and the rule is met")
    jobs.end_rounds()
    fay.go(here)
    fay.sees("accepted")
    assert status() == "accepted"


def test_five_meet_an_objection(live_server: object, story: Story, visit: Visit, passes: Pass) -> None:
    people = crew(story, 5)
    fay, two, *others = (visit(person) for person in people)
    shared(two, fay)
    here = proposed(two)
    objector = others[0]
    objector.go(here)
    objector.stands("object", "unsafe", reason="An open bleed can put gas into the pit.")

    two.go(f"{HERE}practices/")
    two.follow(TITLE)
    two.follow("Write a new version")
    two.fill(limits="No gas: where chlorine lines join, call the shift lead first.", note="Chlorine")
    two.press("Save the version")
    two.go(here)
    two.press("version 2")
    objector.go(here)
    objector.press("meets it")
    for visitor in (fay, two, *others):
        consents(visitor, here)
    assert status() == "proposed", "five days pass after a change, whoever has spoken"
    passes()
    jobs.end_rounds()
    fay = visit(people[0])
    fay.go(here)
    fay.sees("accepted")
    assert status() == "accepted"


def test_two_hundred_do_not_wait_for_all(live_server: object, story: Story, visit: Visit, passes: Pass) -> None:
    people = crew(story, 200)
    fay, two, third = (visit(person) for person in people[:3])
    shared(two, fay)
    here = proposed(two)
    for visitor in (fay, two, third):
        consents(visitor, here)
    passes()
    jobs.end_rounds()
    fay = visit(people[0])
    fay.go(here)
    fay.sees("accepted")
    assert status() == "accepted"
