"""A card that the community is asked about waits for each member's word, on the first page."""

from commonplace.objectifying.consent import Stand
from commonplace.steering import acts
from commonplace.steering.contributions import open_card_rounds
from commonplace.steering.models import CardRound
from tests.story import Story


def test_a_card_waits_for_who_has_not_spoken(story: Story, card_round: CardRound) -> None:
    [need] = open_card_rounds(story.facilitator)
    assert (need.title, need.href) == (card_round.card.statement, card_round.get_absolute_url())
    assert need.detail.startswith("closes ")
    assert need.href in story.browser(story.facilitator).get("/").content.decode()
    acts.speak(story.facilitator, card_round, stance=Stand.CONSENT)
    assert list(open_card_rounds(story.facilitator)) == []


def test_it_waits_for_nobody_who_came_later_or_is_no_member(story: Story, card_round: CardRound) -> None:
    for person in (story.person("Stranger"), story.member("Nina")):
        assert list(open_card_rounds(person)) == []
