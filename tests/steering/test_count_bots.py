"""A round on a card in which somebody spoke who became a bot."""

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Person
from commonplace.objectifying.consent import Stand
from commonplace.steering import acts
from commonplace.steering.models import CardRound
from commonplace.steering.rounds import tally
from tests.story import Story


@pytest.fixture
def digest(story: Story) -> Person:
    return story.member("Digest")


def test_neither_consent_nor_objection_of_a_bot_counts(story: Story, digest: Person, card_round: CardRound) -> None:
    before = tally(card_round).eligible
    acts.speak(story.facilitator, card_round, stance=Stand.CONSENT)
    acts.speak(digest, card_round, stance=Stand.OBJECT, reason="Nights are not the worst.")
    assert (tally(card_round).spoken, tally(card_round).standing) == (2, 1)
    social.set_bot(story.operator, digest, bot=True)
    counts = tally(card_round)
    assert (counts.spoken, counts.consents, counts.standing, counts.unheard) == (1, 1, 0, 1)
    assert counts.eligible == before - 1
    page = story.browser(story.facilitator).get(card_round.get_absolute_url()).content.decode()
    assert "not counted" in page
