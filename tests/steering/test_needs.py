"""A card waits for a sponsor's signature, on the first page; for the members' word as every round does."""

from commonplace.communities.models import Person
from commonplace.steering import acts
from commonplace.steering.contributions import unsigned
from commonplace.steering.models import Objective
from tests.story import Story


def test_a_card_waits_for_the_sponsor_s_signature(story: Story, sponsor: Person, objective: Objective) -> None:
    [need] = unsigned(sponsor)
    assert (need.what, need.href) == ("Waits for your signature", objective.get_absolute_url())
    page = story.browser(sponsor).get("/").content.decode()
    assert need.href in page
    assert "Nothing waits for you" not in page
    acts.sign(sponsor, objective.latest)
    assert list(unsigned(sponsor)) == list(unsigned(story.facilitator)) == []
