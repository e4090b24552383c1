"""Every page that can be reached by links: no barrier for axe in either theme, nothing sideways on a phone, no other host."""

import pytest

from commonplace.communities.models import RoleKind
from tests.journeys.conftest import Visit
from tests.journeys.crawl import pages
from tests.journeys.visitor import DESK, PHONE, Visitor
from tests.story import Story

pytestmark = pytest.mark.journey


def faults(visitor: Visitor) -> list[str]:
    """On the page that is open: by day at a desk, by night on a phone."""
    found = [f"desk, light: {barrier}" for barrier in visitor.barriers()]
    visitor.page.emulate_media(color_scheme="dark")
    visitor.page.set_viewport_size(PHONE)
    found += [f"phone, dark: {barrier}" for barrier in visitor.barriers()]
    if visitor.scrolls_sideways():
        found.append("phone: scrolls sideways")
    visitor.page.emulate_media(color_scheme="light")
    visitor.page.set_viewport_size(DESK)
    return found


@pytest.mark.parametrize("role", ["stranger", "newcomer", "member", "facilitator", "sponsor", "operator"])
def test_no_page_keeps_anybody_out(live_server: object, story: Story, visit: Visit, role: str) -> None:
    lea, omar = story.member("Lea Moreau"), story.member("Omar Haddad")
    story.respond(omar, story.ask(lea, "How do you restart pump 4?"))
    story.resolved(lea, omar, title="Chlorine smell in the pit")
    people = {
        "stranger": None,
        "newcomer": story.person("Nina New"),
        "member": lea,
        "facilitator": story.facilitator,
        "sponsor": story.serving("Sam Sponsor", RoleKind.SPONSOR),
        "operator": story.operator,
    }
    visitor = visit(people[role])
    walked = {path: faults(visitor) + [str(status)] * (status >= 400) for path, status in pages(visitor)}
    assert [f"{path} {fault}" for path, found in walked.items() for fault in found] == []
