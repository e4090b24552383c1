"""Objectives: both sides sign the levels before the start, and judge afterwards, side by side."""

from collections.abc import Callable

import pytest

from commonplace.communities.models import Person
from commonplace.ledger import clock
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.status import Outcome
from commonplace.steering import acts
from commonplace.steering.models import Card, CardRound, Objective, Side
from tests.steering.conftest import WORDS
from tests.story import Story


def test_a_member_without_a_role_does_not_state_objectives(story: Story) -> None:
    with pytest.raises(NotAllowed):
        acts.state(story.member("Lea"), story.community, card=Card(**WORDS))


def test_a_card_is_in_force_when_both_sides_have_signed(in_force: Card) -> None:
    assert in_force.is_signed
    assert in_force.objective.in_force == in_force
    assert list(findings()) == []


def test_the_community_signs_by_consent_only(story: Story, objective: Objective) -> None:
    with pytest.raises(NotPossible, match="signs by consent"):
        acts.sign(story.facilitator, objective.latest, side=Side.COMMUNITY)


def test_each_side_signs_for_itself(story: Story, objective: Objective, sponsor: Person) -> None:
    with pytest.raises(NotPossible, match="for itself"):
        acts.sign(story.facilitator, objective.latest)
    acts.sign(sponsor, objective.latest)
    with pytest.raises(NotPossible, match="signed already"):
        acts.sign(sponsor, objective.latest)


def test_a_change_is_another_card_and_the_old_one_stays_in_force(sponsor: Person, in_force: Card) -> None:
    objective = in_force.objective
    with pytest.raises(NotPossible, match="Nothing has changed"):
        acts.write_card(sponsor, objective, card=Card(**WORDS))
    acts.write_card(sponsor, objective, card=Card(**{**WORDS, "expected": "30 a month"}))
    objective = Objective.objects.visible_to(sponsor).get()
    assert (objective.latest.number, objective.in_force.number if objective.in_force else None) == (2, 1)
    with pytest.raises(NotPossible, match="newer card"):
        acts.sign(sponsor, in_force)


def test_only_a_signed_card_is_judged_and_each_side_for_itself(
    story: Story, sponsor: Person, objective: Objective
) -> None:
    with pytest.raises(NotPossible, match="both sides have signed"):
        acts.judge(sponsor, objective.latest, side=Side.SPONSOR, level=0, words="So far so good")
    with pytest.raises(NotPossible, match="for itself"):
        acts.judge(story.facilitator, objective.latest, side=Side.SPONSOR, level=0, words="So far so good")


def test_both_judgements_stand_side_by_side(story: Story, sponsor: Person, in_force: Card) -> None:
    acts.judge(sponsor, in_force, side=Side.SPONSOR, level=-1, words="Too slow for the board")
    acts.judge(story.facilitator, in_force, side=Side.COMMUNITY, level=1, words="Nights are calmer")
    page = story.browser(sponsor).get(in_force.objective.get_absolute_url()).content.decode()
    assert "Too slow for the board" in page
    assert "Nights are calmer" in page
    assert list(findings()) == []


def test_an_objection_stops_the_signature(story: Story, card_round: CardRound, second: Person) -> None:
    acts.speak(story.facilitator, card_round, stance=Stand.CONSENT)
    acts.speak(second, card_round, stance=Stand.OBJECT, reason="It counts the wrong nights")
    with clock.at(card_round.closes_at), pytest.raises(NotPossible, match="another outcome"):
        acts.decide_round(second, card_round, outcome=Outcome.ACCEPTED)
    with clock.at(card_round.closes_at), pytest.raises(NotPossible, match="why it is returned"):
        acts.decide_round(second, card_round, outcome=Outcome.RETURNED)


def test_silence_signs_nothing(card_round: CardRound, second: Person) -> None:
    with clock.at(card_round.closes_at), pytest.raises(NotPossible, match="another outcome"):
        acts.decide_round(second, card_round, outcome=Outcome.ACCEPTED)


def test_who_opened_the_round_does_not_decide_it(story: Story, card_round: CardRound) -> None:
    with pytest.raises(NotAllowed):
        acts.decide_round(story.facilitator, card_round, outcome=Outcome.RETURNED, reason="Mine")


def test_a_round_is_not_decided_before_its_time(card_round: CardRound, second: Person) -> None:
    with pytest.raises(NotPossible, match="still open"):
        acts.decide_round(second, card_round, outcome=Outcome.RETURNED, reason="Too early")


def test_reasons_and_membership_are_asked_for(story: Story, card_round: CardRound, second: Person) -> None:
    with pytest.raises(NotPossible, match="Say why"):
        acts.speak(second, card_round, stance=Stand.OBJECT)
    with pytest.raises(NotPossible, match="joined after"):
        acts.speak(story.member("Late Lea"), card_round, stance=Stand.CONSENT)


def test_a_small_community_is_told_so(story: Story, objective: Objective, second: Person) -> None:
    with pytest.raises(NotPossible, match="set its own quorum"):
        acts.open_round(story.facilitator, objective.latest)


def test_the_sponsor_sees_no_person(story: Story, sponsor: Person, in_force: Card) -> None:
    acts.judge(story.facilitator, in_force, side=Side.COMMUNITY, level=0, words="As hoped")
    browser = story.browser(sponsor)
    for address in ("/c/pump-crews/objectives/", in_force.objective.get_absolute_url()):
        page = browser.get(address).content.decode()
        assert "Fay Facilitator" not in page
        assert "Second Facilitator" not in page


def test_stating_in_the_browser_keeps_what_was_typed(story: Story, sponsor: Person) -> None:
    page = story.browser(sponsor).post("/c/pump-crews/objectives/create", {"statement": "Half the call-outs"})
    assert page.status_code == 422
    assert "Half the call-outs" in page.content.decode()
    typed = {**WORDS, "horizon": "2040-01-01"}
    page = story.browser(sponsor).post("/c/pump-crews/objectives/create", typed, follow=True)
    assert "20 a month" in page.content.decode()


def test_the_whole_signature_in_the_browser(
    story: Story, sponsor: Person, objective: Objective, consent: Callable[[], None], card_round: CardRound
) -> None:
    base = objective.get_absolute_url()
    story.browser(sponsor).post(f"{base}signatures")
    typed = {"stance": "object", "reason": ""}
    refused = story.browser(story.facilitator).post(f"{card_round.get_absolute_url()}stances", typed)
    assert refused.status_code == 422
    assert "Where do you stand?" in story.browser(story.facilitator).get(card_round.get_absolute_url()).content.decode()
    consent()
    assert "signed by both sides" in story.browser(sponsor).get(base).content.decode()


@pytest.mark.parametrize("rows", [1, 8])
def test_the_pages_cost_the_same_however_many(
    story: Story, sponsor: Person, rows: int, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    for number in range(rows):
        stated = acts.state(sponsor, story.community, card=Card(**{**WORDS, "statement": f"Objective {number}"}))
    browser = story.browser(sponsor)
    for address in ("/c/pump-crews/objectives/", stated.get_absolute_url()):
        with django_assert_max_num_queries(12):
            assert browser.get(address).status_code == 200
