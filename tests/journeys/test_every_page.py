"""Every page of the example: no barrier for axe in either theme, nothing sideways on a phone, no other host."""

from pathlib import Path
from typing import Any

import pytest

from commonplace.communities.models import Person
from commonplace.consenting.models import Proposal
from commonplace.demo import doors, play, scenario, story
from commonplace.externalizing.models import Exchange
from commonplace.internalizing.search import reindex
from commonplace.measuring.publish import publish
from commonplace.measuring.rules import configured
from commonplace.objectifying.models import Practice
from tests.journeys.conftest import Visit
from tests.journeys.crawl import pages, route
from tests.journeys.visitor import DESK, PHONE, Visitor
from tests.web.untrue import untrue
from tests.web.walking import Page

pytestmark = pytest.mark.journey
UNFOLDED = "document.querySelectorAll('details').forEach(one => one.open = true)"
DIFFER_BY_ROLE = {"home", "community", "exchange", "practice", "proposal", "cycle", "objective", "objectives", "me"}
MUST_BE_WALKED = {
    "ask",
    "distil",
    "revise",
    "challenge",
    "apply",
    "search",
    "people",
    "state_objective",
    *DIFFER_BY_ROLE,
}


@pytest.fixture
def people(live_server: object, settings: Any, tmp_path: Path) -> dict[str, Person | None]:
    """Who lives in the example, by what they are there; the stranger last."""
    settings.DEMO = True
    example = scenario.load()
    play.play(story.tell(example, play.calendar()))
    publish(tmp_path, configured())
    reindex()
    known = {who: Person.objects.get(name=name) for who, name, _ in doors.links(example.doors)}
    return known | {"a stranger": None}


def test_no_page_keeps_anybody_out(people: dict[str, Person | None], visit: Visit) -> None:
    barred: list[str] = []
    seen: set[str] = set()
    for who, person in people.items():
        visitor = visit(person)
        for path, status in pages(visitor, seen - DIFFER_BY_ROLE, starts(person, who)):
            assert status == 200, path
            seen.add(route(path))
            page = Page(path, "", status, visitor.page.content())
            lines = untrue(who.removeprefix("a "), page)
            barred += [f"{who}, {path}: {fault}" for fault in (*faults(visitor), *lines)]
    assert barred == []
    assert MUST_BE_WALKED - {route.split()[0] for route in seen} == set()


def starts(person: Person | None, who: str) -> list[str]:
    """Home; for who acts also one exchange and one practice in every status, and a round of every kind."""
    if person is None or who not in ("a member", "a facilitator"):
        return ["/"]
    rows = [
        *Exchange.objects.visible_to(person).order_by("-opened_at"),
        *Practice.objects.visible_to(person).order_by("-begun_at"),
    ]
    examples = {(type(row), row.status): row.get_absolute_url() for row in rows}
    rounds = {(row.matter, row.is_open): row.get_absolute_url() for row in Proposal.objects.visible_to(person)}
    return ["/", "/search?q=pump", "/search?q=zebra", *examples.values(), *rounds.values()]


def faults(visitor: Visitor) -> list[str]:
    """On the page that is open: by day at a desk as it comes, by night on a phone with all that can be unfolded."""
    barriers = [f"desk, light: {barrier}" for barrier in visitor.barriers()]
    visitor.page.emulate_media(color_scheme="dark")
    visitor.page.set_viewport_size(PHONE)
    visitor.page.evaluate(UNFOLDED)
    barriers += [f"phone, dark: {barrier}" for barrier in visitor.barriers()]
    if visitor.scrolls_sideways():
        barriers.append("phone: scrolls sideways")
    if not visitor.page.get_by_text("This is an example").is_visible():
        barriers.append("does not say that it is an example")
    visitor.page.emulate_media(color_scheme="light")
    visitor.page.set_viewport_size(DESK)
    return barriers
