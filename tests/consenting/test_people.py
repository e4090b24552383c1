"""A facilitator is recalled, a member removed, by a round in which they are heard and not asked."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from commonplace.communities import acts as social
from commonplace.communities.models import Membership, Person, Role, RoleKind, Visibility
from commonplace.communities.policy import is_member, serves
from commonplace.consenting import acts, jobs
from commonplace.consenting.kinds import Ground, Kind, Outcome
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


def outcome_of(proposal: Proposal) -> str:
    return Proposal.objects.everywhere("test").get(pk=proposal.pk).outcome


def read(crew: Crew, by: Person, at: str) -> str:
    return crew.story.browser(by).get(at).content.decode()


def page_of(crew: Crew, proposal: Proposal, by: Person) -> str:
    return read(crew, by, proposal.get_absolute_url())


def home_of(crew: Crew, person: Person) -> str:
    return read(crew, person, reverse("home"))


def leave_and_return(crew: Crew, person: Person) -> None:
    social.leave(person, crew.community)
    with clock.at(clock.now() + timedelta(minutes=1)):
        social.join(person, crew.community)


def test_the_person_concerned_is_heard_and_not_asked(crew: Crew) -> None:
    proposal = recall(crew)
    assert proposal.eligible == 3
    assert not proposal.asked.filter(person=crew.fay).exists()
    with pytest.raises(NotPossible, match="about you"):
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


def test_who_hands_the_role_over_in_time_is_recalled_all_the_same_and_is_not_handed_it_back(crew: Crew) -> None:
    proposal = recall(crew)
    social.hand_over_role(crew.fay, role_of(crew.fay, kind=RoleKind.FACILITATOR), successor=crew.ines)
    with pytest.raises(NotPossible, match="recall of Fay"):
        social.hand_over_role(crew.ines, role_of(crew.ines), successor=crew.fay)
    agreed_by(crew, proposal, crew.lea, crew.omar, crew.ines)
    assert outcome_of(proposal) == Outcome.ACCEPTED
    assert serves(crew.ines, crew.community, RoleKind.FACILITATOR)
    assert not serves(crew.lea, crew.community, RoleKind.FACILITATOR)
    with pytest.raises(NotPossible, match="recalled Fay"):
        social.hand_over_role(crew.ines, role_of(crew.ines), successor=crew.fay)
    assert social.grant_role(crew.ines, crew.community, person=crew.fay, kind=RoleKind.FACILITATOR)


def test_a_role_that_was_ended_is_not_given_anew_while_the_round_is_open(crew: Crew) -> None:
    role = crew.story.granted(crew.omar, RoleKind.FACILITATOR)
    proposal = recall(crew, role=role)
    social.end_role(crew.omar, role)
    with pytest.raises(NotPossible, match="recall of Omar"):
        social.grant_role(crew.fay, crew.community, person=crew.omar, kind=RoleKind.FACILITATOR)
    acts.withdraw(crew.lea, proposal, reason="He has ended it himself.")
    assert social.grant_role(crew.fay, crew.community, person=crew.omar, kind=RoleKind.FACILITATOR)


def test_who_has_ended_their_role_is_not_recalled(crew: Crew) -> None:
    role = crew.story.granted(crew.omar, RoleKind.FACILITATOR)
    social.end_role(crew.omar, role)
    with pytest.raises(NotPossible, match="any more"):
        recall(crew, role=role)


def test_no_facilitator_objects_for_somebody_unnamed_to_what_is_about_themselves(crew: Crew, nour: Person) -> None:
    about_nour = removal(crew, nour)
    with pytest.raises(NotAllowed):
        acts.object_for_another(nour, about_nour, ground=Ground.UNFAIR, harm="Who else would do it?")
    assert acts.object_for_another(crew.fay, about_nour, ground=Ground.UNFAIR, harm="Nobody warned her.")


def test_where_nobody_else_goes_between_the_page_says_so(crew: Crew, nour: Person) -> None:
    assert "about the only one" not in page_of(crew, recall(crew), crew.omar)
    social.end_role(nour, role_of(nour))
    about_fay = Proposal.objects.everywhere("test").get(matter=Kind.RECALL)
    assert "about the only one" in page_of(crew, about_fay, crew.omar)


def test_two_facilitators_are_not_both_recalled_and_the_role_given_to_the_opener(crew: Crew, nour: Person) -> None:
    both = recall(crew), recall(crew, role=role_of(nour))
    for person in (crew.lea, crew.omar, crew.ines):
        for proposal in both:
            crew.story.stand(person, proposal)
    with clock.at(both[0].closes_at + timedelta(days=8)):
        jobs.end_rounds()
    assert sorted(outcome_of(one) for one in both) == [Outcome.ACCEPTED, Outcome.RETURNED]
    assert not serves(crew.lea, crew.community, RoleKind.FACILITATOR)


def test_who_cannot_tend_does_not_propose_what_would_leave_nobody(crew: Crew) -> None:
    crew.story.granted(crew.omar, RoleKind.SPONSOR)
    with pytest.raises(NotPossible, match="Let another member"):
        recall(crew, by=crew.omar)


def test_who_became_a_bot_meanwhile_gets_no_role(crew: Crew) -> None:
    proposal = recall(crew)
    for person in (crew.omar, crew.ines):
        crew.story.stand(person, proposal)
    social.set_bot(crew.story.operator, crew.lea, bot=True)
    agreed_by(crew, proposal)
    assert not serves(crew.lea, crew.community, RoleKind.FACILITATOR)
    assert serves(crew.fay, crew.community, RoleKind.FACILITATOR)


def test_who_leaves_and_comes_back_while_the_round_is_open_is_removed(crew: Crew) -> None:
    proposal = removal(crew, crew.omar)
    leave_and_return(crew, crew.omar)
    with pytest.raises(NotPossible, match="open"):
        removal(crew, crew.omar)
    agreed_by(crew, proposal, crew.lea, crew.ines, crew.fay)
    assert not is_member(crew.omar, crew.community)


def test_who_leaves_before_the_end_comes_back_through_a_facilitator_too(crew: Crew) -> None:
    proposal = removal(crew, crew.omar)
    social.leave(crew.omar, crew.community)
    agreed_by(crew, proposal, crew.lea, crew.ines, crew.fay)
    assert outcome_of(proposal) == Outcome.ACCEPTED
    with pytest.raises(NotPossible, match="Ask to join"):
        social.join(crew.omar, crew.community)


def test_who_was_removed_does_not_come_back_by_a_link(crew: Crew) -> None:
    before = social.invite(crew.fay, crew.community, secret="from before")
    agreed_by(crew, removal(crew, crew.omar), crew.lea, crew.ines, crew.fay)
    with pytest.raises(NotPossible, match="Ask to join"):
        social.accept_invitation(crew.omar, before, secret="from before")


def test_into_a_private_community_a_link_made_since_leads_back(crew: Crew) -> None:
    social.set_profile(crew.fay, crew.community, visibility=Visibility.PRIVATE)
    before = social.invite(crew.fay, crew.community, secret="from before")
    proposal = removal(crew, crew.omar)
    agreed_by(crew, proposal, crew.lea, crew.ines, crew.fay)
    with pytest.raises(NotPossible, match="new invitation"):
        social.accept_invitation(crew.omar, before, secret="from before")
    with clock.at(proposal.closes_at + timedelta(hours=2)):
        since = social.invite(crew.fay, crew.community, secret="since")
        assert social.accept_invitation(crew.omar, since, secret="since")


def test_the_person_concerned_is_told_and_hears_it_first_on_the_page(crew: Crew) -> None:
    proposal = removal(crew, crew.ines)
    assert "A round is about you" in home_of(crew, crew.ines)
    assert "A round is about you" not in home_of(crew, crew.omar)
    assert "This round is about you" in page_of(crew, proposal, crew.ines)
    assert "This round is about you" not in page_of(crew, proposal, crew.omar)


def test_who_was_removed_is_told_on_their_home(crew: Crew) -> None:
    agreed_by(crew, removal(crew, crew.ines), crew.lea, crew.omar, crew.fay)
    home = home_of(crew, crew.ines)
    assert "A round removed you" in home
    assert crew.community.title in home


def test_members_find_the_door_and_the_person_themselves_does_not(crew: Crew) -> None:
    propose = reverse("propose", args=[crew.community.slug, "recall", crew.community.pk])
    at = f"{propose}?about={role_of(crew.fay).pk}"
    roles = reverse("roles", args=[crew.community.slug])
    theirs = reverse("person", args=[crew.community.slug, crew.ines.pk])
    assert at in read(crew, crew.lea, roles)
    assert propose not in read(crew, crew.fay, roles)
    remove = propose.replace("recall", "removal")
    assert f"{remove}?about={membership_of(crew.ines).pk}" in read(crew, crew.lea, theirs)
    assert membership_of(crew.ines).pk not in read(crew, crew.ines, theirs)


def test_a_person_of_another_community_is_not_named(crew: Crew) -> None:
    boss = crew.story.person("Secret Sam")
    crew.story.found("secret", "Secret", by=boss, visibility=Visibility.PRIVATE)
    for kind, about in (("recall", role_of(boss).pk), ("removal", membership_of(boss).pk)):
        at = reverse("propose", args=[crew.community.slug, kind, crew.community.pk])
        assert "Secret Sam" not in read(crew, crew.lea, f"{at}?about={about}")


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
