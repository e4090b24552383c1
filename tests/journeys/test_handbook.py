"""A handbook of forty procedures is in, and ten of them are agreed on by eight people: how often does anybody press?"""

import pytest

from commonplace.communities.models import Person
from commonplace.objectifying.models import Practice
from commonplace.objectifying.status import Status
from tests.journeys.conftest import Visit
from tests.journeys.visitor import PHONE, Visitor
from tests.story import Story

pytestmark = pytest.mark.journey
HERE = "/c/pump-crews/"
PROCEDURES, LISTED, MOST = 40, 10, 60
HEADINGS = "Titre\tQuand\tComment\tPourquoi\tLimites\tSource\tAutorité\tDepuis"


def handbook() -> str:
    rows = (
        f"Procedure {n:02}\tThe pump stands still\tOpen valve {n}, wait, close it\tAir comes back\tNo gas"
        "\tWorks handbook\timposed\t2021-03-03"
        for n in range(1, PROCEDURES + 1)
    )
    return "\n".join([HEADINGS, *rows])


class Crew:
    """Eight people at their browsers, who count together what they press and which pages they open."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.steps = visit, 0

    def come(self, person: Person, at: str, **options: object) -> Visitor:
        visitor = self.visit(person, **options)
        visitor.page.set_default_timeout(60_000)  # Ten rounds end at once on a busy machine.
        assert visitor.go(at) == 200
        self.steps += 1
        return visitor

    def press(self, visitor: Visitor, label: str) -> None:
        visitor.press(label)
        self.steps += 1

    def follow(self, visitor: Visitor, label: str) -> None:
        visitor.follow(label)
        self.steps += 1


def test_forty_procedures_come_in_and_ten_are_agreed_on_by_eight(visit: Visit, story: Story) -> None:
    lea, *others = [story.member(name) for name in ("Lea", "Omar", "Ines", "Fay", "Ann", "Bea", "Cem")]
    crew, everybody = Crew(visit), [lea, *others, story.facilitator]
    bringer = crew.come(lea, f"{HERE}practices/bring")
    crew.follow(bringer, "Many at once")
    bringer.fill(pasted=handbook(), called="Works handbook")
    crew.press(bringer, "Show me what would come in")
    bringer.sees(f"{PROCEDURES} come in as new")
    assert bringer.barriers() == []
    crew.press(bringer, "Bring in what is ticked")
    bringer.sees(f"{PROCEDURES} practices are here now")
    batch = bringer.page.url.removeprefix(bringer.address)

    omar = crew.come(others[0], batch, viewport=PHONE)
    crew.press(omar, f"I know all {PROCEDURES} to be in use")
    omar.sees("1 says that it is in use")
    assert not omar.scrolls_sideways()
    assert omar.barriers() == []
    crew.follow(omar, "Put several of them to consent together")
    boxes = omar.page.locator("[name=put]").all()
    for box in boxes[LISTED:]:
        if box.is_checked():
            box.uncheck()
            crew.steps += 1
    omar.fill(aim="The same on every shift.")
    assert omar.barriers() == []
    crew.press(omar, "Open the rounds")
    omar.sees(f"{LISTED} rounds are open")
    lists = omar.page.url.removeprefix(omar.address)
    for number, person in enumerate(everybody):
        reader = (
            omar if person is others[0] else crew.come(person, lists, **({"viewport": PHONE} if number % 2 else {}))
        )
        assert not reader.scrolls_sideways()
        crew.press(reader, "I consent to those ticked")
        reader.sees("All of them are decided" if person is everybody[-1] else "You have spoken on all that is open")

    agreed = Practice.objects.everywhere("test").filter(course__status=Status.ACCEPTED)
    brought = Practice.objects.everywhere("test").filter(course__status=Status.BROUGHT)
    assert (agreed.count(), brought.count()) == (LISTED, PROCEDURES - LISTED)
    last = crew.come(lea, lists)
    last.sees("All of them are decided")
    assert last.barriers() == []
    assert crew.steps <= MOST, crew.steps
