"""What the crawl does not reach: forms that are folded, what went wrong, what an act left; and the narrowest screen."""

import pytest
from playwright.sync_api import expect

from commonplace.communities.models import RoleKind
from commonplace.consenting.models import Proposal
from tests.journeys.conftest import Visit
from tests.journeys.visitor import PHONE, Visitor
from tests.story import Story

pytestmark = pytest.mark.journey
FOCUSED_WITHIN = "element => element.contains(document.activeElement)"
WIDE = "| " + " | ".join(f"column {n}" for n in range(12)) + " |\n|" + "---|" * 12 + "\n|" + " words |" * 12
NAME = "Margarethe Friederike von Hohenlohe-Langenburg"


def bars(visitor: Visitor) -> list[str]:
    """By day and by night."""
    found_by_day = visitor.barriers()
    visitor.page.emulate_media(color_scheme="dark")
    by_night = visitor.barriers()
    visitor.page.emulate_media(color_scheme="light")
    return found_by_day + by_night


def test_forms_that_are_folded_and_what_comes_of_them(live_server: object, story: Story, visit: Visit) -> None:
    asker = story.member("Lea")
    exchange, other = story.ask(asker), story.ask(asker)
    story.respond(story.member("Ben"), exchange)
    lea = visit(asker)
    lea.expects_refusal = True
    for label in ("This helped", "Comment", "Close this exchange", "Link another exchange"):
        lea.go(exchange.get_absolute_url())
        lea.tab_to(label)
        lea.page.keyboard.press("Enter")
        form = lea.page.locator(".fold form")
        expect(form).to_be_visible()
        assert form.evaluate(FOCUSED_WITHIN), label
        assert bars(lea) == [], label
    form.get_by_role("button").click()
    address = lea.page.locator("[name=address]")
    expect(address).to_be_focused()
    expect(address).to_have_attribute("aria-invalid", "true")
    assert bars(lea) == []
    address.fill(lea.address + other.get_absolute_url())
    lea.page.keyboard.press("Enter")
    lea.sees("Linked")
    assert bars(lea) == []


def _asking(story: Story) -> Proposal:
    lea, omar = story.member("Lea", unit="North"), story.member("Omar", unit="South")
    practice = story.distil(lea, story.resolved(lea, omar), authors=[omar])
    story.apply(story.facilitator, practice)
    proposal = story.propose(lea, practice)
    for person in (lea, omar):
        story.stand(person, proposal)
    return proposal


def test_in_a_round_each_form_says_what_it_lacks(live_server: object, story: Story, visit: Visit) -> None:
    fay = visit(story.facilitator)
    fay.expects_refusal = True
    fay.go(_asking(story).get_absolute_url())
    assert bars(fay) == []
    says = fay.page.locator("#stand form .btn.main")
    fay.page.locator(".stance:has([value=object])").click()
    assert bars(fay) == []
    says.click()
    expect(fay.page.locator("#stand [name=reason]")).to_be_focused()
    assert bars(fay) == []
    fay.fill(reason="Gas in the pit.")
    says.click()
    expect(fay.page.locator("#stand [name=ground]")).to_be_focused()
    assert bars(fay) == []
    fay.page.locator("#stand [name=ground]").select_option("unsafe")
    says.click()
    fay.sees("Objection, standing")
    assert bars(fay) == []


def test_a_list_that_was_half_understood(live_server: object, story: Story, visit: Visit) -> None:
    olga = visit(story.operator)
    olga.expects_refusal = True
    olga.go("/people/new")
    olga.fill(people="Name;Phone;Email\nAna;12;ana@example.org\nCy;13;cy")
    olga.press("Read the list")
    expect(olga.page.get_by_role("alert")).to_be_focused()
    olga.sees("Phone")
    assert bars(olga) == []
    olga.press("Add these people")
    olga.sees("Hand out these links")
    assert bars(olga) == []


def test_none_of_the_operator_s_pages_lies_beyond_the_edge_of_the_narrowest_screen(
    live_server: object, story: Story, visit: Visit
) -> None:
    olga = visit(story.operator, viewport=PHONE)
    for path in ("/operator/", "/operator/storage"):
        olga.go(path)
        ways = olga.page.get_by_role("navigation", name="Operator")
        for way in ways.get_by_role("link").all():
            expect(way).to_be_in_viewport(ratio=1)
        assert not olga.scrolls_sideways()
        assert bars(olga) == []


def test_letters_twice_as_large_move_nothing_sideways(live_server: object, story: Story, visit: Visit) -> None:
    """What has a width of its own gives way: a field of a date, an address of mail."""
    lea = visit(story.facilitator, viewport={"width": 390, "height": 780})
    here = "/c/pump-crews/"
    for path in ("/", here, f"{here}practices/bring", f"{here}proposals/rule", "/account/email/"):
        lea.go(path)
        lea.larger()
        assert not lea.scrolls_sideways(), path


def test_with_letters_twice_as_large_the_stances_lie_where_they_are_written(
    live_server: object, story: Story, visit: Visit
) -> None:
    """At the edge of the window they would take half of it."""
    reader = visit(story.facilitator, viewport={"width": 390, "height": 780})
    reader.go(_asking(story).get_absolute_url())
    stances = reader.page.locator(".stand.bar")
    expect(stances).to_be_in_viewport(ratio=1)
    reader.larger()
    expect(stances).not_to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_the_narrowest_screen(live_server: object, story: Story, visit: Visit, scheme: str) -> None:
    """What is wide scrolls in itself, what is sought can be seen, and nothing else moves sideways."""
    lea, anna = story.member("Lea"), story.serving(NAME, RoleKind.STEWARD)
    exchange = story.ask(anna, "Donaudampfschifffahrtsgesellschaftskapitänswitwe " * 2, body=WIDE)
    story.respond(anna, exchange, f"`{'x' * 200}`\n\n{'https://example.org/' + 'y' * 120}")
    reader = visit(lea, viewport=PHONE, color_scheme=scheme)
    for path in (exchange.get_absolute_url(), "/", "/search?q=pump", "/c/pump-crews/members", "/c/pump-crews/roles"):
        reader.go(path)
        assert not reader.scrolls_sideways(), path
        expect(reader.page.locator(".to-search")).to_be_in_viewport(ratio=1)
        assert reader.barriers() == [], path
    reader.go("/search?q=pump")
    assert reader.page.locator("#words").bounding_box()["width"] > 200, "what is sought is seen"  # type: ignore[index]
    reader.go(exchange.get_absolute_url())
    table = reader.page.locator(".prose table").first
    assert table.evaluate("element => element.scrollWidth > element.clientWidth")
