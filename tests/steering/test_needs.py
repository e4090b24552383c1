"""A card that the community is asked about waits for each member's word, on the first page."""

from commonplace.communities import acts as social
from commonplace.communities.models import Person, RoleKind
from commonplace.objectifying.consent import Stand
from commonplace.steering import acts
from commonplace.steering.contributions import open_card_rounds, undecided, unsigned
from commonplace.steering.models import CardRound, Objective
from tests.steering.conftest import closed
from tests.story import Story


def test_a_card_waits_for_who_has_not_spoken(story: Story, card_round: CardRound) -> None:
    [need] = open_card_rounds(story.facilitator)
    assert (need.title, need.href) == (card_round.card.statement, card_round.get_absolute_url())
    assert need.detail.startswith("closes ")
    assert need.href in story.browser(story.facilitator).get("/").content.decode()
    acts.speak(story.facilitator, card_round, stance=Stand.CONSENT)
    assert list(open_card_rounds(story.facilitator)) == []


def test_a_card_waits_for_the_sponsor_s_signature(story: Story, sponsor: Person, objective: Objective) -> None:
    [need] = unsigned(sponsor)
    assert (need.what, need.href) == ("Waits for your signature", objective.get_absolute_url())
    page = story.browser(sponsor).get("/").content.decode()
    assert need.href in page
    assert "Nothing waits for you" not in page
    acts.sign(sponsor, objective.latest)
    assert list(unsigned(sponsor)) == list(unsigned(story.facilitator)) == []


def test_a_sponsor_who_is_a_member_is_not_asked_where_they_stand(story: Story, card_round: CardRound) -> None:
    social.grant_role(story.facilitator, story.community, person=story.facilitator, kind=RoleKind.SPONSOR)
    assert list(open_card_rounds(story.facilitator)) == []


def test_a_closed_round_waits_for_whoever_may_decide_it(second: Person, story: Story, card_round: CardRound) -> None:
    assert list(undecided(second)) == []
    with closed(card_round):
        assert [need.href for need in undecided(second)] == [card_round.get_absolute_url()]
        assert list(undecided(story.facilitator)) == [], "she opened it"


def test_it_waits_for_nobody_who_came_later_or_is_no_member(story: Story, card_round: CardRound) -> None:
    for person in (story.person("Stranger"), story.member("Nina")):
        assert list(open_card_rounds(person)) == []
