"""Who facilitates finds at one desk what waits for them in a community, by phase, with the act beside it."""

import re
from datetime import timedelta

from commonplace.communities import acts as social
from commonplace.communities.models import Person, RoleKind
from commonplace.communities.waiting import needs
from commonplace.externalizing import acts as exchanges
from commonplace.externalizing.models import Benefit, Kind
from commonplace.ledger import clock
from tests.story import Story


def desk(story: Story, person: Person, slug: str = "pump-crews") -> str:
    main = story.browser(person).get(f"/c/{slug}/desk/").content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_the_same_that_stands_on_home_stands_at_the_desk_by_phase(story: Story) -> None:
    lab = story.found("lab", "The laboratory", by=story.facilitator, visibility="closed")
    social.ask_to_join(story.person("Nina"), lab, words="I run the samples.")
    story.ask(story.member("Lea"), "Which seal?")
    with clock.at(clock.now() + timedelta(days=4)):
        here, there = desk(story, story.facilitator), desk(story, story.facilitator, "lab")
        waiting = {need.slug for need in needs(story.facilitator)}
    assert "Exchange Which seal?" in here
    assert "Answer, or ask others" in here
    assert "Nina asks to join" not in here
    assert "Exchange" not in there, "nothing waits there: a sponsor would read it as nothing that they may not see"
    assert "Nina asks to join" in there
    assert waiting == {"pump-crews", "lab"}


def test_who_facilitates_too_is_named_and_finds_the_desk_on_the_community_s_page(story: Story) -> None:
    sara = story.serving("Sara Second", RoleKind.FACILITATOR)
    assert "Sara Second" in desk(story, story.facilitator)
    assert "Fay Facilitator" in desk(story, sara)
    assert "/c/pump-crews/desk/" in story.browser(sara).get("/c/pump-crews/").content.decode()


def test_nobody_else_has_a_desk(story: Story) -> None:
    lea = story.member("Lea")
    assert story.browser(lea).get("/c/pump-crews/desk/").status_code == 403
    assert "/desk/" not in story.browser(lea).get("/c/pump-crews/").content.decode()


def test_a_sponsor_sees_what_is_theirs_and_no_exchange(story: Story) -> None:
    sam = story.serving("Sam Sponsor", RoleKind.SPONSOR)
    story.ask(story.member("Lea"), "Which seal?")
    with clock.at(clock.now() + timedelta(days=4)):
        assert "Which seal?" not in desk(story, sam)
        assert "Your desk is clear." in desk(story, sam)


def test_what_is_for_who_facilitates_stands_before_their_own_word(story: Story) -> None:
    """However soon a round closes."""
    lea, omar = story.member("Lea"), story.member("Omar")
    practice = story.distil(lea, story.resolved(lea, omar), title="Open round")
    story.apply(omar, practice)
    story.propose(lea, practice)
    story.ask(lea, "Which seal?")
    with clock.at(clock.now() + timedelta(days=4)):
        here = desk(story, story.facilitator)
    assert here.index("Which seal?") < here.index("What you are asked yourself") < here.index("Open round")


def test_how_many_more_there_are_stands_with_its_kind(story: Story) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    for number in range(6):
        offered = story.ask(omar, f"Ripe {number}", kind=Kind.OFFER)
        exchanges.confirm(lea, offered, response=None, benefit=Benefit.SOLUTION)
    practice = story.distil(lea, story.resolved(lea, omar), title="Open round")
    story.apply(omar, practice)
    story.propose(lea, practice)
    tended, here, own = desk(story, story.facilitator).partition("What you are asked yourself")
    assert here
    assert "ripe to write down" not in own
    assert "more exchanges are ripe to write down" in tended


def test_inviting_and_welcoming_is_one_press_at_the_desk_and_on_the_page(story: Story) -> None:
    browser, ways = story.browser(story.facilitator), ('/c/pump-crews/invitations">', "I welcome newcomers</button>")
    for page in ("/c/pump-crews/desk/", "/c/pump-crews/"):
        shown = browser.get(page).content.decode().partition("<details>")[0]
        assert all(way in shown for way in ways), page
    browser.post("/c/pump-crews/membership/welcoming", {"welcomes": "yes"})
    assert "I welcome newcomers</button>" not in browser.get("/c/pump-crews/desk/").content.decode()
