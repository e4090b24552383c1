"""Two facilitators edit what their community says of itself: neither takes out unseen what the other wrote."""

import re

from commonplace.communities import acts as social
from tests.story import Story


def form_of(page: str) -> str:
    return re.findall(r'name="seen" value="(\w+)"', page)[0]


def typed(story: Story, **words: str) -> dict[str, str]:
    community = story.community
    own = {name: getattr(community, name) for name in ("title", "visibility", "stage", "language", "time_zone")}
    terms = {name: "" if value is None else value for name, value in community.charter.terms().items()}
    for box in ("hidden_stances", "letters_quote"):
        terms.pop(box)
    return {name: str(value) for name, value in (own | terms | words).items()}


def test_what_was_changed_meanwhile_is_shown_and_then_saved_over_knowingly(story: Story) -> None:
    fay, browser, there = story.facilitator, story.browser(story.facilitator), "/c/pump-crews/edit"
    seen = form_of(browser.get(there).content.decode())
    social.set_charter(fay, story.community, **{**story.community.charter.terms(), "purpose": "Dry feet."})
    mine = typed(story, norms="Ask early.", purpose="Wet feet.")
    refused = browser.post("/c/pump-crews/update", {**mine, "seen": seen})
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "Somebody else changed this meanwhile" in shown
    assert "Ask early." in shown
    assert "Dry feet." in shown
    assert story.community.charters.latest("set_at").purpose == "Dry feet."
    saved = browser.post("/c/pump-crews/update", {**mine, "seen": form_of(shown)})
    assert saved.status_code == 302
    assert story.community.charters.latest("set_at").purpose == "Wet feet."
