"""The community is asked about the newest card, by a rule that can be met, with somebody there to decide."""

from collections.abc import Callable

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Person, RoleKind
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.steering import acts
from commonplace.steering.models import Card, CardRound, Objective
from commonplace.steering.policy import deciders
from tests.steering.conftest import closed, evidence_of
from tests.story import Story, role_of


@pytest.fixture
def quorum_of_two(story: Story, second: Person) -> None:
    social.set_charter(story.facilitator, story.community, domain="Pumps", quorum=2)


def test_a_member_opens_it_and_the_rule_is_fixed(story: Story, objective: Objective, quorum_of_two: None) -> None:
    opened = acts.open_round(story.member("Lea"), objective.latest)
    assert (opened.eligible, opened.quorum) == (3, 2)
    assert evidence_of("objective.round_opened").as_json() == {
        "number": 1, "eligible": 3, "quorum": 2, "units_needed": 0,
        "closes_on": f"{opened.closes_at:%Y-%m-%d}",
    }  # fmt: skip


def test_who_is_no_member_opens_none(sponsor: Person, objective: Objective, quorum_of_two: None) -> None:
    with pytest.raises(NotAllowed):
        acts.open_round(sponsor, objective.latest)


def test_a_card_that_another_has_replaced_is_not_asked_about(
    story: Story, objective: Objective, quorum_of_two: None, change: Callable[..., Card]
) -> None:
    read = objective.latest
    change(expected="30 a month")
    with pytest.raises(NotPossible, match="newest card"):
        acts.open_round(story.facilitator, read)


def test_what_the_community_has_signed_is_not_asked_again(story: Story, in_force: Card) -> None:
    with pytest.raises(NotPossible, match="before the community has signed"):
        acts.open_round(story.facilitator, in_force)


def test_one_round_at_a_time(story: Story, card_round: CardRound) -> None:
    with pytest.raises(NotPossible, match="open already"):
        acts.open_round(story.member("Lea"), card_round.card)


def test_a_small_community_is_told_so(story: Story, objective: Objective, second: Person) -> None:
    with pytest.raises(NotPossible, match="set its own quorum"):
        acts.open_round(story.facilitator, objective.latest)


def test_somebody_without_a_part_is_there_to_decide(
    story: Story, objective: Objective, quorum_of_two: None, second: Person
) -> None:
    social.end_role(story.facilitator, role_of(second, kind=RoleKind.FACILITATOR))
    with pytest.raises(NotPossible, match="Nobody could decide"):
        acts.open_round(story.facilitator, objective.latest)
    assert acts.open_round(second, objective.latest)


def test_who_could_decide_is_who_the_rule_lets_decide(story: Story, objective: Objective, second: Person) -> None:
    """The sponsor wrote the card, so each facilitator can, but whoever opens the round."""
    assert deciders(objective.latest, story.facilitator) == [second]
    assert deciders(objective.latest, second) == [story.facilitator]
    assert set(deciders(objective.latest, story.member("Lea"))) == {story.facilitator, second}


def test_who_was_made_facilitator_again_is_one_of_those_who_could(
    story: Story, objective: Objective, second: Person
) -> None:
    social.end_role(story.facilitator, role_of(second, kind=RoleKind.FACILITATOR))
    assert deciders(objective.latest, story.facilitator) == []
    social.grant_role(story.facilitator, story.community, person=second, kind=RoleKind.FACILITATOR)
    assert deciders(objective.latest, story.facilitator) == [second]


def test_the_button_asks_about_the_card_that_was_read(
    story: Story, objective: Objective, quorum_of_two: None, change: Callable[..., Card]
) -> None:
    read = objective.latest
    change(expected="30 a month")
    story.browser(story.facilitator).post(f"{objective.get_absolute_url()}rounds", {"card": read.pk})
    assert not CardRound.objects.everywhere("test").exists()


def test_after_a_returned_round_another_may_be_opened(story: Story, card_round: CardRound, second: Person) -> None:
    with closed(card_round):
        acts.decide_round(second, card_round, outcome="returned", reason="Nobody spoke")
        assert acts.open_round(story.facilitator, card_round.card)
