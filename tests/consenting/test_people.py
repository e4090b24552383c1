"""A facilitator is recalled, a member removed, by a round in which they are heard and not asked."""

from datetime import timedelta
from typing import Any

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Membership, Person, Role, RoleKind
from commonplace.communities.policy import is_member, serves
from commonplace.consenting import acts, jobs
from commonplace.consenting.kinds import Kind, Outcome
from commonplace.consenting.models import Proposal, Question
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import last
from tests.objectifying.conftest import Crew
from tests.story import role_of


def membership_of(person: Person) -> Membership:
    return Membership.objects.filter(person=person).current().everywhere("test").get()


def recall(crew: Crew, by: Person | None = None, role: Role | None = None) -> Proposal:
    role = role or role_of(crew.fay, kind=RoleKind.FACILITATOR)
    proposal = Proposal(matter=Kind.RECALL, about=role.pk, number=1, aim="Nobody is answered.")
    return acts.propose(by or crew.lea, crew.community, proposal=proposal)


def removal(crew: Crew, of: Person, by: Person | None = None) -> Proposal:
    proposal = Proposal(matter=Kind.REMOVAL, about=membership_of(of).pk, number=1, aim="Threats.")
    return acts.propose(by or crew.lea, crew.community, proposal=proposal)


def agreed_by(crew: Crew, proposal: Proposal, *people: Person) -> None:
    for person in people:
        crew.story.stand(person, proposal)
    with clock.at(proposal.closes_at + timedelta(hours=1)):
        jobs.end_rounds()


def test_the_person_concerned_is_heard_and_not_asked(crew: Crew) -> None:
    proposal = recall(crew)
    assert proposal.eligible == 3
    assert not proposal.asked.filter(person=crew.fay).exists()
    with pytest.raises(NotPossible, match="not among them"):
        crew.story.stand(crew.fay, proposal)
    assert acts.ask_about(crew.fay, proposal, question=Question(text="Which question was not answered?"))


def test_the_only_facilitator_can_be_recalled_and_who_proposed_it_takes_the_role(crew: Crew) -> None:
    agreed_by(crew, recall(crew), crew.lea, crew.omar, crew.ines)
    assert not serves(crew.fay, crew.community, RoleKind.FACILITATOR)
    assert serves(crew.lea, crew.community, RoleKind.FACILITATOR)
    assert last("role.ended").evidence["person"] == crew.fay.pk


def test_one_of_two_goes_and_nobody_else_gets_the_role(crew: Crew) -> None:
    social.grant_role(crew.fay, crew.community, person=crew.omar, kind=RoleKind.FACILITATOR)
    agreed_by(crew, recall(crew, role=role_of(crew.fay, kind=RoleKind.FACILITATOR)), crew.lea, crew.omar, crew.ines)
    assert not serves(crew.lea, crew.community, RoleKind.FACILITATOR)
    assert serves(crew.omar, crew.community, RoleKind.FACILITATOR)


def test_who_is_recalled_returns_no_round(crew: Crew) -> None:
    proposal = recall(crew)
    with clock.at(proposal.closes_at + timedelta(hours=1)), pytest.raises(NotAllowed):
        acts.decide(crew.fay, proposal, outcome=Outcome.RETURNED, reason="No.")


def test_a_facilitator_does_not_end_another_one(crew: Crew) -> None:
    social.grant_role(crew.fay, crew.community, person=crew.omar, kind=RoleKind.FACILITATOR)
    with pytest.raises(NotPossible, match="recalled by a round"):
        social.end_role(crew.fay, role_of(crew.omar))
    with pytest.raises(NotPossible, match="recalled by a round"):
        social.hand_over_role(crew.fay, role_of(crew.omar), successor=crew.ines)


def test_nobody_recalls_or_removes_themselves(crew: Crew) -> None:
    with pytest.raises(NotPossible, match="yourself"):
        recall(crew, by=crew.fay)
    with pytest.raises(NotPossible, match="by yourself"):
        removal(crew, crew.lea, by=crew.lea)


def test_a_role_that_ended_meanwhile_leaves_nothing_to_recall(crew: Crew) -> None:
    social.grant_role(crew.fay, crew.community, person=crew.omar, kind=RoleKind.FACILITATOR)
    proposal = recall(crew)
    social.end_role(crew.fay, role_of(crew.fay, kind=RoleKind.FACILITATOR))
    agreed_by(crew, proposal, crew.lea, crew.omar, crew.ines)
    with clock.at(proposal.closes_at + timedelta(days=8)):
        jobs.end_rounds()
    proposal.refresh_from_db()
    assert proposal.outcome == Outcome.RETURNED
    with pytest.raises(NotPossible, match="any more"):
        recall(crew, role=Role.objects.everywhere("test").filter(person=crew.fay).latest("granted_at"))


def test_a_member_is_removed_and_comes_back_through_a_facilitator_only(crew: Crew) -> None:
    agreed_by(crew, removal(crew, crew.ines), crew.lea, crew.omar, crew.fay)
    assert not is_member(crew.ines, crew.community)
    assert last("member.removed").evidence["person"] == crew.ines.pk
    with pytest.raises(NotPossible, match="Ask to join"):
        social.join(crew.ines, crew.community)
    request = social.ask_to_join(crew.ines, crew.community, words="I am sorry.")
    social.answer_request(crew.fay, request, admitted=True)
    assert is_member(crew.ines, crew.community)


def test_what_the_removed_said_stays_in_rounds_then_open(crew: Crew) -> None:
    proposal = crew.proposed()
    crew.consented(proposal)
    agreed_by(crew, removal(crew, crew.ines), crew.lea, crew.omar, crew.fay)
    proposal.refresh_from_db()
    assert proposal.outcome == Outcome.ACCEPTED
    assert crew.last("proposal.decided").evidence["consents"] == 3


def test_who_alone_tends_the_community_is_not_removed(crew: Crew) -> None:
    with pytest.raises(NotPossible, match="Recall them"):
        removal(crew, crew.fay)


def test_only_members_read_it(crew: Crew) -> None:
    proposal, stranger = removal(crew, crew.ines), crew.story.person("Otto")
    assert Proposal.objects.visible_to(crew.omar).filter(pk=proposal.pk).exists()
    assert not Proposal.objects.visible_to(stranger).filter(pk=proposal.pk).exists()


def test_two_people_can_be_concerned_at_once_and_one_of_them_once(crew: Crew) -> None:
    removal(crew, crew.ines)
    removal(crew, crew.omar)
    with pytest.raises(NotPossible, match="open"):
        removal(crew, crew.ines, by=crew.omar)


def test_with_nobody_else_there_is_nothing_to_agree(crew: Crew, now: Any) -> None:
    alone = crew.story.found("valves", "Valves", by=crew.fay)
    vera, role = crew.story.member("Vera", of=alone), role_of(crew.fay, community=alone)
    with pytest.raises(NotPossible, match="one person"):
        acts.propose(vera, alone, proposal=Proposal(matter=Kind.RECALL, about=role.pk, number=1))
