"""Both sides sign before the start: the sponsor in person, the community by the round it decided, and no other way."""

from collections.abc import Callable

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Person, RoleKind
from commonplace.consenting.models import Proposal
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.registry import ACTS
from commonplace.steering import acts
from commonplace.steering.models import Card, Objective, Side, Signature
from tests.steering.conftest import evidence_of, put
from tests.story import Story, role_of


def test_a_card_is_in_force_when_both_sides_have_signed(in_force: Card) -> None:
    assert in_force.is_signed
    assert in_force.objective.in_force == in_force
    assert list(findings()) == []


def test_one_side_is_not_both(sponsor: Person, objective: Objective) -> None:
    acts.sign(sponsor, objective.latest)
    assert Objective.objects.visible_to(sponsor).get().in_force is None
    assert evidence_of("objective.signed").as_json() == {"number": 1, "side": "sponsor", "proposal": ""}


def test_the_community_signs_by_the_round_it_decided(card_round: Proposal, consent: Callable[[], None]) -> None:
    consent()
    signature = Signature.objects.everywhere("test").get()
    assert (signature.side, signature.proposal) == (Side.COMMUNITY, card_round.pk)
    assert evidence_of("objective.signed").proposal == card_round.pk
    assert ACTS["objective.signed"].of == ("proposal.decided",)


def test_nobody_but_a_sponsor_signs_in_person(story: Story, objective: Objective) -> None:
    for person in (story.facilitator, story.member("Lea"), story.operator):
        with pytest.raises(NotAllowed):
            acts.sign(person, objective.latest)


def test_whoever_sponsored_once_signs_no_more(story: Story, sponsor: Person, objective: Objective) -> None:
    """The caller still holds the person and the card as they were."""
    card, role = objective.latest, role_of(sponsor, kind=RoleKind.SPONSOR)
    social.end_role(story.facilitator, role)
    with pytest.raises(NotAllowed):
        acts.sign(sponsor, card)


def test_a_side_signs_once(story: Story, sponsor: Person, objective: Objective) -> None:
    acts.sign(sponsor, objective.latest)
    with pytest.raises(NotPossible, match="signed already"):
        acts.sign(story.serving("Second Sponsor", RoleKind.SPONSOR), objective.latest)


def test_a_card_that_another_has_replaced_is_not_signed(
    sponsor: Person, objective: Objective, change: Callable[..., Card]
) -> None:
    read = objective.latest
    change(expected="30 a month")
    with pytest.raises(NotPossible, match="newer card"):
        acts.sign(sponsor, read)


def test_the_button_signs_the_card_that_was_read(
    story: Story, sponsor: Person, objective: Objective, change: Callable[..., Card]
) -> None:
    """A new card was written while the page lay open: pressing its button signs neither."""
    read, address = objective.latest, f"{objective.get_absolute_url()}signatures"
    change(expected="30 a month")
    page = story.browser(sponsor).post(address, {"card": read.pk}, follow=True)
    assert "There is a newer card" in page.content.decode()
    assert not Signature.objects.everywhere("test").exists()
    assert story.browser(sponsor).post(address, {"card": "nonsense"}).status_code == 404


def test_who_is_asked_for_the_community_does_not_sign_for_the_sponsors(story: Story, objective: Objective) -> None:
    omar = story.member("Omar")
    put(story.facilitator, objective)
    story.granted(omar, RoleKind.SPONSOR)
    with pytest.raises(NotPossible, match="as a member"):
        acts.sign(omar, objective.latest)


def test_who_signed_for_the_sponsors_is_not_asked_for_the_community(story: Story, objective: Objective) -> None:
    omar = story.member("Omar")
    story.member("Lea")
    role = story.granted(omar, RoleKind.SPONSOR)
    acts.sign(omar, objective.latest)
    social.end_role(omar, role)
    assert not put(story.facilitator, objective).asked.filter(person=omar).exists()
