"""A card waits for a sponsor's signature, on the first page; for the members' word as every round does."""

from datetime import timedelta

from commonplace.communities.models import Person
from commonplace.ledger import clock
from commonplace.steering import acts
from commonplace.steering.contributions import waiting
from commonplace.steering.models import Card, Objective, Side
from tests.story import Story


def test_a_card_waits_for_the_sponsor_s_signature(story: Story, sponsor: Person, objective: Objective) -> None:
    [need] = waiting(sponsor)
    assert (need.what, need.href) == ("Waits for your signature", objective.get_absolute_url())
    page = story.browser(sponsor).get("/").content.decode()
    assert need.href in page
    assert "Nothing waits for you" not in page
    acts.sign(sponsor, objective.latest)
    assert list(waiting(sponsor)) == list(waiting(story.facilitator)) == []


def due(person: Person) -> list[str]:
    return [need.what for need in waiting(person)]


def test_a_review_waits_for_each_side_until_that_side_has_judged(story: Story, sponsor: Person, in_force: Card) -> None:
    asked = ["How far is it attained?"]
    assert due(sponsor) == due(story.facilitator) == []
    with clock.at(clock.now() + timedelta(days=in_force.review_days + 20)):
        assert due(sponsor) == due(story.facilitator) == asked
        assert due(story.member("Omar")) == []
        acts.judge(sponsor, in_force, side=Side.SPONSOR, level=1, words="Fewer calls at night.")
        assert (due(sponsor), due(story.facilitator)) == ([], asked)
    with clock.at(clock.now() + timedelta(days=2 * in_force.review_days + 30)):
        assert due(sponsor) == asked


def test_after_its_horizon_an_objective_is_judged_once_more(story: Story, sponsor: Person, in_force: Card) -> None:
    with clock.at(clock.now() + timedelta(days=40 * 366)):
        assert due(sponsor) == ["How far is it attained?"]
        acts.judge(sponsor, in_force, side=Side.SPONSOR, level=2, words="Ten a month.")
    with clock.at(clock.now() + timedelta(days=42 * 366)):
        assert due(sponsor) == []
