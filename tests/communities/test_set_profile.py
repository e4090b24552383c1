"""What a community says of itself beside its charter; each act says what it is."""

import pytest

from commonplace.communities import acts
from commonplace.communities.models import Community, Visibility
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.edited import typed
from tests.communities.recorded import evidence_of, last, verbs
from tests.story import Story


def test_only_what_changed_becomes_an_act(story: Story) -> None:
    browser, before = story.browser(story.facilitator), verbs()
    browser.post("/c/pump-crews/update", typed(story.community))
    assert verbs() == before
    browser.post("/c/pump-crews/update", typed(story.community, profile_spread="places"))
    assert verbs() == [*before, "community.profile_set"]
    assert "In several places" in browser.get("/c/pump-crews/").content.decode()
    fresh = Community.objects.visible_to(story.facilitator).get(pk=story.community.pk)
    browser.post("/c/pump-crews/update", typed(fresh, stage="maturing", title="Crews", norms="Be kind"))
    assert verbs()[-3:] == ["charter.set", "community.stage_set", "community.profile_set"]


def test_the_ledger_holds_codes(story: Story) -> None:
    changed = {"title": "Crews", "profile": {"size": "small"}, "visibility": Visibility.CLOSED}
    acts.set_profile(story.facilitator, story.community, **changed)
    evidence = evidence_of("community.profile_set")
    assert (evidence.visibility, evidence.language, evidence.traits) == (Visibility.CLOSED, "en", ["size.small"])
    assert last("community.profile_set").object == story.community.pk


@pytest.mark.parametrize("column", ["slug", "origin", "founded_at", "stage"])
def test_address_origin_and_stage_are_not_changed_by_it(story: Story, column: str) -> None:
    with pytest.raises(NotAllowed):
        acts.set_profile(story.facilitator, story.community, **{column: "elsewhere"})


def test_a_time_zone_is_one_that_is_known(story: Story) -> None:
    with pytest.raises(NotPossible, match="Choose a time zone"):
        acts.set_profile(story.facilitator, story.community, time_zone="Mars/Phobos")


def test_only_facilitators(story: Story) -> None:
    with pytest.raises(NotAllowed):
        acts.set_profile(story.member("Lea"), story.community, title="Mine")
