"""Where a member stands on a card: in time, with reasons where they count, and replaced by what they say later."""

from collections.abc import Callable

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Person, RoleKind
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.objectifying.consent import Stand
from commonplace.steering import acts
from commonplace.steering.models import CardRound, CardStance
from tests.steering.conftest import closed, evidence_of
from tests.story import Story


def test_the_last_word_counts_and_the_first_stays(story: Story, card_round: CardRound, second: Person) -> None:
    acts.speak(second, card_round, stance=Stand.OBJECT, reason="It counts the wrong nights")
    acts.speak(second, card_round, stance=Stand.CONSENT)
    assert [stance.stance for stance in card_round.stances.filter(replaced_at=None)] == ["consent"]
    assert card_round.stances.count() == 2
    assert evidence_of("objective.stance").as_json() == {"proposal": card_round.pk, "stance": "consent"}


def test_the_unit_is_that_of_the_time(story: Story, card_round: CardRound, second: Person) -> None:
    assert acts.speak(second, card_round, stance=Stand.CONSENT).unit == (second.unit_id or "")


def test_who_is_no_member_does_not_speak(story: Story, sponsor: Person, card_round: CardRound) -> None:
    for outside in (sponsor, story.person("Ned")):
        with pytest.raises(NotAllowed):
            acts.speak(outside, card_round, stance=Stand.CONSENT)


def test_a_member_who_sponsors_does_not_speak_for_the_community(
    story: Story, card_round: CardRound, second: Person
) -> None:
    """They are not among the eligible."""
    social.grant_role(story.facilitator, story.community, person=second, kind=RoleKind.SPONSOR)
    with pytest.raises(NotAllowed):
        acts.speak(second, card_round, stance=Stand.CONSENT)


def test_who_joined_later_speaks_in_the_next_round(story: Story, card_round: CardRound) -> None:
    with pytest.raises(NotPossible, match="joined after"):
        acts.speak(story.member("Late Lea"), card_round, stance=Stand.CONSENT)


@pytest.mark.parametrize("stance", [Stand.OBJECT, Stand.CONCERN])
def test_what_is_to_be_met_has_its_reasons(card_round: CardRound, second: Person, stance: Stand) -> None:
    with pytest.raises(NotPossible, match="Say why"):
        acts.speak(second, card_round, stance=stance, reason=" ")


def test_after_the_close_it_is_too_late(card_round: CardRound, second: Person) -> None:
    with closed(card_round), pytest.raises(NotPossible, match="closed"):
        acts.speak(second, card_round, stance=Stand.CONSENT)


def test_what_is_decided_early_is_decided(story: Story, card_round: CardRound, second: Person) -> None:
    for person in (story.facilitator, second):
        acts.speak(person, card_round, stance=Stand.CONSENT)
    acts.decide_round(second, card_round, outcome="accepted")
    with pytest.raises(NotPossible, match="closed"):
        acts.speak(second, card_round, stance=Stand.OBJECT, reason="On second thoughts")


def test_pressed_twice_is_said_once(card_round: CardRound, second: Person) -> None:
    acts.speak(second, card_round, stance=Stand.CONSENT)
    with pytest.raises(NotPossible, match="said so already"):
        acts.speak(second, card_round, stance=Stand.CONSENT)
    assert CardStance.objects.everywhere("test").count() == 1


def test_in_the_browser_what_was_typed_stays(story: Story, card_round: CardRound, consent: Callable[[], None]) -> None:
    address = card_round.get_absolute_url()
    refused = story.browser(story.facilitator).post(f"{address}stances", {"stance": "object", "reason": ""})
    assert refused.status_code == 422
    assert "Where do you stand?" in story.browser(story.facilitator).get(address).content.decode()
