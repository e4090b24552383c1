"""Rounds know who holds the role: who stands in for a facilitator was chosen by one who may have a part in them."""

from datetime import timedelta

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Person, RoleKind
from commonplace.communities.policy import serves
from commonplace.communities.waiting import needs
from commonplace.communities.zones import today
from commonplace.consenting import acts
from commonplace.consenting.counting import somebody_decides
from commonplace.consenting.kinds import Ground, Kind, Outcome
from commonplace.consenting.models import Proposal, Question
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.consenting.conftest import closed
from tests.consenting.test_people import agreed_by, recall
from tests.corresponding.noticed import noticed
from tests.objectifying.conftest import Crew
from tests.story import role_of


@pytest.fixture
def vic(crew: Crew, proposal: Proposal) -> Person:
    """A member who has no part in the round and was not asked in it; stands in for Fay."""
    vic = crew.story.member("Vic")
    until = today() + timedelta(days=90)
    social.set_away(crew.fay, role_of(crew.fay), until=until, stand_in=vic)
    assert serves(vic, crew.community, RoleKind.FACILITATOR)
    return vic


def test_who_stands_in_returns_no_round_and_is_not_asked_to(crew: Crew, proposal: Proposal, vic: Person) -> None:
    with closed(proposal):
        assert "Closed, its rule is not met: return it?" not in [need.what for need in needs(vic)]
        assert "Closed, its rule is not met: return it?" in [need.what for need in needs(crew.fay)]
        with pytest.raises(NotAllowed):
            acts.decide(vic, proposal, outcome=Outcome.RETURNED, reason="No.")


def test_who_stands_in_speaks_for_nobody_unnamed(crew: Crew, proposal: Proposal, vic: Person) -> None:
    with pytest.raises(NotAllowed):
        acts.object_for_another(vic, proposal, ground=Ground.UNSAFE, harm="It would hurt.")
    with pytest.raises(NotPossible, match="A facilitator asks"):
        acts.ask_about(vic, proposal, question=Question(text="How long?", for_another=True))
    page = crew.story.browser(vic).get(proposal.get_absolute_url()).content.decode()
    assert 'name="for_another"' not in page
    assert 'name="for_another"' in crew.story.browser(crew.fay).get(proposal.get_absolute_url()).content.decode()


def test_who_stands_in_moves_no_round_of_one_who_left(crew: Crew, proposal: Proposal, vic: Person) -> None:
    social.leave(crew.lea, crew.community)
    with pytest.raises(NotAllowed):
        acts.amend(vic, proposal, number=2)


def test_who_stands_in_is_nobody_without_a_part(crew: Crew, vic: Person) -> None:
    """The only facilitator opened it, and named whoever might have returned it."""
    opened = crew.story.propose(crew.fay, crew.candidate())
    assert not somebody_decides(opened)


def test_a_recall_of_who_is_away_ends_the_standing_in(crew: Crew, vic: Person) -> None:
    role = role_of(crew.fay)
    recall = acts.propose(
        crew.lea, crew.community, proposal=Proposal(matter=Kind.RECALL, about=role.pk, number=1, aim="Who is there?")
    )
    for person in (crew.lea, crew.omar, crew.ines, vic):
        crew.story.stand(person, recall)
    crew.decided(recall, by=crew.lea)
    assert not serves(vic, crew.community, RoleKind.FACILITATOR)
    assert serves(crew.lea, crew.community, RoleKind.FACILITATOR)


def test_who_was_recalled_or_may_be_stands_in_for_nobody(crew: Crew, nour: Person) -> None:
    role, until = role_of(crew.fay), today() + timedelta(days=7)
    acts.propose(
        crew.lea,
        crew.community,
        proposal=Proposal(matter=Kind.RECALL, about=role_of(nour).pk, number=1, aim="Rounds waited."),
    )
    with pytest.raises(NotPossible, match="A round on the recall of Nour"):
        social.set_away(crew.fay, role, until=until, stand_in=nour)
    social.hand_over_role(nour, role_of(nour), successor=crew.ines)
    with pytest.raises(NotPossible, match="A round on the recall of Nour"):
        social.set_away(crew.fay, role, until=until, stand_in=nour)


def test_whom_a_round_recalls_stands_in_no_more_and_who_is_away_is_told(crew: Crew) -> None:
    """Also who ended their own role in time: standing in would give it back to them."""
    omar = crew.omar
    role = crew.story.granted(omar, RoleKind.FACILITATOR)
    social.set_away(crew.fay, role_of(crew.fay), until=today() + timedelta(days=90), stand_in=omar)
    proposal = recall(crew, role=role)
    social.end_role(omar, role)
    assert serves(omar, crew.community, RoleKind.FACILITATOR)
    agreed_by(crew, proposal, crew.lea, crew.ines)
    assert not serves(omar, crew.community, RoleKind.FACILITATOR)
    assert role_of(crew.fay).is_away
    assert ("covered_no_more", "you") in noticed(crew.fay)
