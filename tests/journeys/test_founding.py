"""An empty machine, a first account, a community, and somebody who joins it."""

import re

import pytest
from playwright.sync_api import expect

from commonplace.communities.models import Community, Membership, Person
from tests.journeys.conftest import Visit
from tests.story import Story

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("javascript", [True, False], ids=["with javascript", "without javascript"])
def test_from_the_first_account_to_a_community(live_server: object, visit: Visit, javascript: bool) -> None:
    olga = visit(None, java_script_enabled=javascript)
    olga.go("/")
    expect(olga.page).to_have_url(re.compile("/start$"))
    olga.fill(name="Olga Orlova", email="olga@example.org", password="water under the bridge")
    olga.press("Make the account")
    expect(olga.page.get_by_role("heading", level=1)).to_have_text("Found a community")
    olga.fill(title="Pump crews", domain="Keeping old pumps alive.")
    olga.press("Found it")
    expect(olga.page.get_by_role("heading", level=1)).to_have_text("The first hour")
    olga.follow("To the community")
    expect(olga.page.get_by_role("heading", level=1)).to_have_text("Pump crews")
    assert Person.objects.get(email="olga@example.org").is_operator
    assert Community.objects.everywhere("test").get().slug == "pump-crews"


def test_a_newcomer_finds_the_way_in(live_server: object, story: Story, visit: Visit) -> None:
    nina = visit(story.person("Nina New"))
    nina.go("/")
    nina.sees("Welcome.")
    nina.follow("Pump crews")
    nina.press("Join")
    nina.sees("You are a member")
    assert Membership.objects.everywhere("test").filter(person__name="Nina New", left_at=None).exists()


def test_a_facilitator_admits_who_asked(live_server: object, story: Story, visit: Visit) -> None:
    story.found("lab", "The laboratory", by=story.facilitator, visibility="closed")
    nina = visit(story.person("Nina New"))
    nina.go("/c/lab/")
    nina.fill(words="I run the samples in the north.")
    nina.press("Ask to join")
    nina.sees("Your request is waiting")

    fay = visit(story.facilitator)
    fay.go("/")
    fay.follow("Nina New asks to join")
    fay.press("Admit")
    nina.go("/c/lab/")
    nina.sees("You are a member")
