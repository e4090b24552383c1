"""The charter: in words, changed by facilitators, with its history."""

from typing import Any

import pytest

from commonplace.communities import acts
from commonplace.communities.models import Community, RoleKind, Visibility
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.edited import typed
from tests.communities.recorded import evidence_of, last, verbs
from tests.story import Story


def test_a_changed_charter_is_a_new_one_and_the_old_one_stays(story: Story) -> None:
    browser = story.browser(story.facilitator)
    browser.post("/c/pump-crews/update", typed(story.community, domain="Pumps and valves"))
    story.rule(quorum=4)
    page = browser.get("/c/pump-crews/charter").content.decode()
    assert "Pumps and valves" in page
    assert "In force" in page
    assert "Earlier" in page
    assert "at least 4 people" in page
    assert "quorum" in page
    assert verbs()[-1] == "charter.set"


def test_the_ledger_holds_the_numbers_and_not_the_words(story: Story) -> None:
    charter = acts.set_charter(story.facilitator, story.community, domain="Pumps and valves", quorum=4)
    assert last("charter.set").object == charter.pk
    rule = {"quorum": 4, "round_days": 14, "refusal_days": 7, "review_days": 365}
    rule |= {"hidden_stances": False, "letters_quote": False}
    assert last("charter.set").evidence == rule | {"by_consent": False, "proposal": ""}
    assert evidence_of("charter.set").quorum == 4


def test_the_order_of_charters_is_clear_when_the_clock_stands_still(story: Story, now: Any) -> None:
    for number in range(1, 6):
        acts.set_charter(story.facilitator, story.community, domain=f"version {number}")
        fresh = Community.objects.visible_to(story.facilitator).get(pk=story.community.pk)
        assert fresh.charter.domain == f"version {number}"


def test_what_is_not_said_stays(story: Story) -> None:
    acts.set_charter(story.facilitator, story.community, quorum=4, norms="Be kind")
    charter = acts.set_charter(story.facilitator, story.community, round_days=7)
    assert (charter.domain, charter.norms, charter.quorum, charter.round_days) == ("Pumps", "Be kind", 4, 7)


@pytest.mark.parametrize("name", ["set_by", "set_at", "community", "id"])
def test_nothing_but_its_terms(story: Story, name: str) -> None:
    with pytest.raises(NotAllowed, match="not part of a charter"):
        acts.set_charter(story.facilitator, story.community, **{name: None})


@pytest.mark.parametrize(
    "term",
    [{"quorum": 0}, {"quorum": 10_001}, {"quorum": 1}, {"round_days": 2}, {"round_days": 91}, {"refusal_days": 61},
     {"review_days": 29}, {"review_days": 3651}, {"round_days": None}],
)  # fmt: skip
def test_its_numbers_keep_within_the_bounds_of_the_form(story: Story, term: dict[str, Any]) -> None:
    with pytest.raises(NotPossible, match="This number is from"):
        acts.set_charter(story.facilitator, story.community, **term)
    with pytest.raises(NotPossible, match="This number is from"):
        acts.found(story.facilitator, None, community=Community(slug="valves", title="Valves"), domain="Valves", **term)


def test_without_a_number_of_its_own_the_quorum_follows_the_rule(story: Story) -> None:
    assert acts.set_charter(story.facilitator, story.community, quorum=None).quorum is None


def test_mistakes_are_explained_and_kept(story: Story) -> None:
    mistaken = typed(story.community, title="", domain="Half a thought", stage="lost")
    page = story.browser(story.facilitator).post("/c/pump-crews/update", mistaken)
    assert page.status_code == 422
    assert "Half a thought" in page.content.decode()
    assert "<details open>" in page.content.decode()


def test_members_read_it_and_facilitators_change_it(story: Story) -> None:
    member = story.member("Lea")
    lea = story.browser(member)
    assert "Fay Facilitator" in lea.get("/c/pump-crews/charter").content.decode()
    assert lea.get("/c/pump-crews/edit").status_code == 403
    assert lea.post("/c/pump-crews/update", typed(story.community)).status_code == 403
    with pytest.raises(NotAllowed):
        acts.set_charter(member, story.community, quorum=1)


def test_it_is_markdown_and_never_runs(story: Story) -> None:
    norms = "<b onclick=alert(1)>be kind</b>, *always*"
    acts.set_charter(story.facilitator, story.community, domain="<script>alert(1)</script>", norms=norms)
    for path in ("/c/pump-crews/", "/c/pump-crews/charter", "/c/"):
        page = story.browser(story.member(f"Lea {path}")).get(path).content.decode()
        assert "<script>alert" not in page
        assert "<b onclick" not in page
    assert "<em>always</em>" in story.browser(story.facilitator).get("/c/pump-crews/").content.decode()


def test_a_newcomer_reads_what_it_is_about_and_how_to_join(story: Story) -> None:
    closed = story.found(
        "valves", "Valve keepers", by=story.facilitator, visibility=Visibility.CLOSED,
        domain="Valves", purpose="Fewer leaks", norms="Be kind", round_days=10, review_days=180,
    )  # fmt: skip
    story.serving("Omar", RoleKind.STEWARD, of=closed)
    page = story.browser(story.person("Nina")).get("/c/valves/").content.decode()
    for words in ("Valves", "Fewer leaks", "Be kind", "within 10 days", "after 180 days", "Ask to join"):
        assert words in page
