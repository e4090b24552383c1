"""The stage of a community, as its facilitators see it."""

import pytest

from commonplace.communities import acts
from commonplace.communities.models import Community, Stage
from commonplace.ledger.errors import NotAllowed
from tests.communities.edited import typed
from tests.communities.recorded import evidence_of, last, verbs
from tests.story import Story


def test_the_page_makes_one_act_of_it(story: Story) -> None:
    browser, before = story.browser(story.facilitator), verbs()
    browser.post("/c/pump-crews/update", typed(story.community, stage="maturing"))
    assert verbs() == [*before, "community.stage_set"]
    assert "Maturing" in browser.get("/c/pump-crews/").content.decode()


def test_the_ledger_knows_the_stage(story: Story) -> None:
    acts.set_stage(story.facilitator, story.community, stage=Stage.STEWARDSHIP)
    assert evidence_of("community.stage_set").stage == Stage.STEWARDSHIP
    assert last("community.stage_set").object == story.community.pk
    assert Community.objects.visible_to(story.facilitator).get(pk=story.community.pk).stage == Stage.STEWARDSHIP


def test_only_facilitators(story: Story) -> None:
    with pytest.raises(NotAllowed):
        acts.set_stage(story.member("Lea"), story.community, stage=Stage.MATURING)
