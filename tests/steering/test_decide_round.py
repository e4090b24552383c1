"""The rule decides, fixed beforehand; who wrote the card or opened the round does not; silence signs nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from commonplace.communities import acts as social
from commonplace.communities.models import Person, RoleKind
from commonplace.ledger.act import writing
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.status import Outcome
from commonplace.steering import acts
from commonplace.steering.models import Card, CardRound, Objective, Side, Signature
from commonplace.steering.policy import decider, deciders
from commonplace.steering.rounds import tally
from tests.steering.conftest import closed, evidence_of
from tests.story import Story, role_of


def accept(by: Person, card_round: CardRound) -> CardRound:
    return acts.decide_round(by, card_round, outcome=Outcome.ACCEPTED)


def return_(by: Person, card_round: CardRound, reason: str = "Too soon") -> CardRound:
    return acts.decide_round(by, card_round, outcome=Outcome.RETURNED, reason=reason)


@pytest.fixture
def all_consent(story: Story, card_round: CardRound, second: Person) -> CardRound:
    for person in (story.facilitator, second):
        acts.speak(person, card_round, stance=Stand.CONSENT)
    return card_round


def test_when_all_have_spoken_nobody_waits(all_consent: CardRound, second: Person) -> None:
    accept(second, all_consent)
    assert evidence_of("objective.round_decided").as_json() == {"outcome": "accepted", "consents": 2, "spoken": 2}


def test_who_opened_the_round_does_not_decide_it(story: Story, all_consent: CardRound) -> None:
    with pytest.raises(NotAllowed):
        accept(story.facilitator, all_consent)


def test_who_wrote_the_card_does_not_decide_on_it(story: Story, card_round: CardRound, second: Person) -> None:
    """A sponsor may become a facilitator."""
    writer = card_round.card.written_by
    social.add_member(story.facilitator, story.community, person=writer)
    social.grant_role(story.facilitator, story.community, person=writer, kind=RoleKind.FACILITATOR)
    with closed(card_round), pytest.raises(NotAllowed):
        return_(writer, card_round)


def test_who_sponsors_decides_no_round_though_they_facilitate(
    story: Story, all_consent: CardRound, second: Person
) -> None:
    social.grant_role(story.facilitator, story.community, person=second, kind=RoleKind.SPONSOR)
    assert not CardRound.objects.visible_to(second).filter(decider.where(second, CardRound)).exists()
    assert deciders(all_consent.card, story.facilitator) == []
    with pytest.raises(NotAllowed, match="no sponsor"):
        accept(second, all_consent)


def test_whoever_facilitated_once_decides_no_more(story: Story, all_consent: CardRound, second: Person) -> None:
    social.end_role(story.facilitator, role_of(second, kind=RoleKind.FACILITATOR))
    with pytest.raises(NotAllowed):
        accept(second, all_consent)


def test_a_round_is_not_decided_before_its_time(card_round: CardRound, second: Person) -> None:
    with pytest.raises(NotPossible, match="still open"):
        return_(second, card_round)


def test_units_that_were_merged_meanwhile_are_one(story: Story, objective: Objective, second: Person) -> None:
    lea, omar = story.member("Lea", unit="North"), story.member("Omar", unit="South")
    card_round = acts.open_round(story.facilitator, objective.latest)
    for person in (lea, omar):
        acts.speak(person, card_round, stance=Stand.CONSENT)
    social.merge_unit(story.operator, lea.unit, into=omar.unit)
    assert tally(card_round).units == 1


def test_silence_signs_nothing(card_round: CardRound, second: Person) -> None:
    with closed(card_round), pytest.raises(NotPossible, match="another outcome"):
        accept(second, card_round)


def test_an_objection_stops_the_signature(story: Story, card_round: CardRound, second: Person) -> None:
    acts.speak(story.facilitator, card_round, stance=Stand.CONSENT)
    acts.speak(second, card_round, stance=Stand.OBJECT, reason="It counts the wrong nights")
    with closed(card_round), pytest.raises(NotPossible, match="another outcome"):
        accept(second, card_round)


def test_nobody_returns_what_the_rule_accepts(all_consent: CardRound, second: Person) -> None:
    with pytest.raises(NotPossible, match="another outcome"):
        return_(second, all_consent)


def test_what_is_returned_has_a_reason(card_round: CardRound, second: Person) -> None:
    with closed(card_round), pytest.raises(NotPossible, match="why it is returned"):
        return_(second, card_round, " ")


def test_what_is_decided_stays_decided(story: Story, card_round: CardRound, second: Person) -> None:
    third = story.serving("Third Facilitator", RoleKind.FACILITATOR)
    with closed(card_round):
        return_(second, card_round)
        with pytest.raises(NotPossible, match="decided already"):
            return_(third, card_round, "Me too")


def test_a_card_that_another_has_replaced_is_not_signed(
    all_consent: CardRound, second: Person, change: Callable[..., Card]
) -> None:
    """What they consented to is no longer what would be in force."""
    change(expected="30 a month")
    with pytest.raises(NotPossible, match="another outcome"):
        accept(second, all_consent)
    assert return_(second, all_consent, "There is a newer card").outcome == Outcome.RETURNED
    assert not Signature.objects.everywhere("test").filter(side=Side.COMMUNITY).exists()


def test_the_button_does_what_it_said(story: Story, card_round: CardRound, second: Person) -> None:
    """The page offered to return it; by then the rule is met: nothing is signed by that press."""
    address = f"{card_round.get_absolute_url()}decision"
    for person in (story.facilitator, second):
        acts.speak(person, card_round, stance=Stand.CONSENT)
    refused = story.browser(second).post(address, {"outcome": "returned", "reason": "Nobody spoke"})
    assert refused.status_code == 422
    assert "Sign for the community" in refused.content.decode()
    assert story.browser(second).post(address, {"outcome": "accepted"}).status_code == 302
    assert Objective.objects.visible_to(second).get().latest.sides == {Side.COMMUNITY}


@pytest.mark.parametrize("half", [{"decided_at": None}, {"decided_by": None}, {"outcome": ""}], ids=str)
def test_a_round_is_decided_whole_or_not_at_all(all_consent: CardRound, second: Person, half: dict[str, Any]) -> None:
    accept(second, all_consent)
    with writing(), pytest.raises(IntegrityError), transaction.atomic():
        CardRound.objects.filter(pk=all_consent.pk).everywhere("test").update(**half)
