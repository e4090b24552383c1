"""T8, T8': the rule decides; silence never accepts; dissent is kept."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from commonplace.communities import acts as social
from commonplace.communities.models import RoleKind
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.locking import subject_of
from commonplace.objectifying import acts
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.counting import tally
from commonplace.objectifying.models import Agreement, Practice, Proposal
from commonplace.objectifying.policy import decider, deciders, parties
from commonplace.objectifying.status import Outcome
from tests.objectifying.conftest import Crew
from tests.story import role_of


def test_accepted_by_consent_it_is_held_with_its_dissent(crew: Crew) -> None:
    proposal = crew.proposed()
    crew.story.stand(crew.lea, proposal)
    crew.story.stand(crew.omar, proposal)
    crew.story.stand(crew.ines, proposal, Stand.CONCERN, "Two people needed.")
    crew.decided(proposal)
    assert crew.status(proposal.practice) == "accepted"
    agreement = Agreement.objects.visible_to(crew.lea).in_force().get()
    assert (agreement.version, agreement.review_on) == (proposal.version, proposal.review_on)
    assert [stance.reason for stance in agreement.proposal.stances.current() if stance.reason] == ["Two people needed."]


def test_the_ledger_says_how_it_came_about(crew: Crew) -> None:
    proposal = crew.proposed()
    crew.met(crew.objected(proposal), crew.story.revise(crew.ines, proposal.practice, limits="Not near chlorine."))
    crew.story.stand(crew.ines, proposal)
    crew.story.stand(crew.omar, proposal)
    crew.story.stand(crew.lea, proposal, Stand.CONCERN, "Two people needed.")
    crew.story.stand(crew.fay, proposal, Stand.ASIDE)
    proposal.refresh_from_db()
    crew.decided(proposal)
    act = crew.last("proposal.decided")
    assert (act.object, act.subject) == (proposal.pk, proposal.practice_id)
    assert act.evidence == {
        "matter": "acceptance",
        "number": 2,
        "outcome": "accepted",
        "consents": 3,
        "others_consent": 0,
        "eligible": 4,
        "spoken": 4,
        "concerns": 1,
        "objections": 1,
        "integrated": 1,
        "standing": 0,
        "units": 2,
        "consent_units": sorted({crew.lea.unit_id, crew.omar.unit_id}),
        "days_open": 14,
    }


def test_others_are_those_without_a_part_in_it(crew: Crew) -> None:
    """Lea wrote and opened it, Omar is its co-author; Ines is another."""
    crew.accepted()
    assert crew.last("proposal.decided").evidence["others_consent"] == 1


def test_what_stood_against_it_is_counted(crew: Crew) -> None:
    proposal = crew.consented(crew.proposed())
    crew.objected(proposal, by=crew.fay)
    crew.decided(proposal, Outcome.NOT_ACCEPTED)
    evidence = crew.last("proposal.decided").evidence
    assert (evidence["outcome"], evidence["objections"], evidence["standing"]) == ("not_accepted", 1, 1)


def test_silence_accepts_nothing(crew: Crew) -> None:
    proposal = crew.proposed()
    with pytest.raises(NotPossible, match="not enough people consent"):
        crew.decided(proposal)
    crew.story.stand(crew.lea, proposal)
    crew.story.stand(crew.omar, proposal)
    crew.story.stand(crew.ines, proposal, Stand.ASIDE)
    with pytest.raises(NotPossible, match="not enough people consent"):
        crew.decided(proposal)


def test_a_charter_cannot_make_silence_accept(crew: Crew) -> None:
    with pytest.raises(NotPossible, match="from 1 to"):
        social.set_charter(crew.fay, crew.community, quorum=0)


def test_no_acceptance_while_an_objection_stands(crew: Crew) -> None:
    proposal = crew.consented(crew.proposed())
    crew.story.stand(crew.fay, proposal, Stand.OBJECT, "Unsafe.")
    with pytest.raises(NotPossible, match="an objection stands"):
        crew.decided(proposal)
    crew.decided(proposal, Outcome.RETURNED)
    assert crew.status(proposal.practice) == "candidate"


def test_consent_from_one_unit_alone_is_not_enough(crew: Crew) -> None:
    proposal = crew.proposed()
    for person in (crew.lea, crew.ines, crew.fay):
        crew.story.stand(person, proposal)
    with pytest.raises(NotPossible, match="too few units"):
        crew.decided(proposal)
    crew.story.stand(crew.omar, proposal)
    assert crew.decided(proposal)


def test_units_that_were_merged_meanwhile_are_one(crew: Crew) -> None:
    crew.story.member("Wim", unit="West")
    proposal = crew.proposed()
    for person in (crew.lea, crew.omar, crew.fay):
        crew.story.stand(person, proposal)
    social.merge_unit(crew.story.operator, crew.lea.unit, into=crew.omar.unit)
    assert tally(proposal).units == 1
    with pytest.raises(NotPossible, match="too few units"):
        crew.decided(proposal)
    crew.decided(proposal, Outcome.RETURNED)
    evidence = crew.last("proposal.decided").evidence
    assert (evidence["units"], evidence["consent_units"]) == (1, [crew.omar.unit_id])


def test_before_the_close_it_is_decided_only_when_all_have_spoken(crew: Crew) -> None:
    proposal = crew.consented(crew.proposed())
    with pytest.raises(NotPossible, match="not everyone has spoken"):
        crew.story.decide(crew.fay, proposal)
    crew.story.stand(crew.fay, proposal, Stand.ASIDE)
    assert crew.story.decide(crew.fay, proposal).outcome == Outcome.ACCEPTED


def test_when_the_rule_is_met_no_facilitator_decides_otherwise(crew: Crew) -> None:
    proposal = crew.consented(crew.proposed())
    for outcome in (Outcome.RETURNED, Outcome.NOT_ACCEPTED):
        with pytest.raises(NotPossible, match="leaves one decision"):
            crew.decided(proposal, outcome)


def test_no_reason_no_refusal(crew: Crew) -> None:
    proposal = crew.proposed()
    with clock.at(proposal.closes_at), pytest.raises(NotPossible, match="Say why"):
        crew.story.decide(crew.fay, proposal, Outcome.RETURNED, " ")


def test_neither_author_nor_proposer_nor_member_decides(crew: Crew) -> None:
    proposal = crew.consented(crew.proposed())
    for party in (crew.lea, crew.omar):
        with pytest.raises(NotAllowed):
            crew.decided(proposal, by=party)
        social.grant_role(crew.fay, crew.community, person=party, kind=RoleKind.FACILITATOR)
        with pytest.raises(NotAllowed, match="neither wrote nor opened"):
            crew.decided(proposal, by=party)
    with pytest.raises(NotAllowed):
        crew.decided(proposal, by=crew.ines)


def test_the_database_holds_it_too(crew: Crew) -> None:
    proposal = crew.proposed()
    proposal.decided_by, proposal.decided_at, proposal.outcome = crew.lea, clock.now(), Outcome.ACCEPTED
    with pytest.raises(IntegrityError, match="not_decided_by_who_opened_it"), transaction.atomic(), writing():
        proposal.save()


def test_not_accepted_stays_findable_and_a_new_version_is_a_candidate_again(crew: Crew) -> None:
    practice = crew.refused()
    assert crew.status(practice) == "not_accepted"
    with pytest.raises(NotPossible, match="Write a new version first"):
        crew.proposed(practice)
    crew.story.revise(crew.ines, practice, how="Otherwise.")
    assert crew.status(practice) == "candidate"
    crew.accepted(practice)
    assert crew.status(practice) == "accepted"


def test_a_returned_round_can_be_opened_again(crew: Crew) -> None:
    proposal = crew.proposed()
    crew.decided(proposal, Outcome.RETURNED)
    assert crew.status(proposal.practice) == "candidate"
    assert crew.proposed(proposal.practice)


def test_what_is_agreed_holds_until_a_newer_version_is(crew: Crew) -> None:
    practice = crew.accepted()
    crew.story.revise(crew.lea, practice, how="Bleed slowly.")
    proposal = crew.proposed(practice)
    assert crew.status(practice) == "accepted"
    assert Practice.objects.visible_to(crew.lea).held().get() == practice
    crew.decided(crew.consented(proposal))
    numbers = practice.agreements.order_by("version__number").values_list("version__number", "ended_at")
    assert [(number, ended is None) for number, ended in numbers] == [(1, False), (2, True)]


def test_a_refused_revision_leaves_the_agreement_in_force(crew: Crew) -> None:
    practice = crew.accepted()
    crew.story.revise(crew.lea, practice, how="Bleed slowly.")
    crew.refused(practice)
    assert crew.status(practice) == "accepted"


def test_everything_in_a_round_waits_for_the_practices_lock(crew: Crew) -> None:
    proposal = crew.proposed()
    stance = crew.story.stand(crew.ines, proposal, Stand.OBJECT, "Unsafe.")
    objection = proposal.objections.get()
    crew.story.stand(crew.ines, proposal)
    crew.story.stand(crew.lea, proposal)
    crew.story.stand(crew.omar, proposal)
    agreement = crew.decided(proposal).agreement
    challenge = crew.challenged(proposal.practice)
    for row in (proposal, stance, objection, agreement, challenge, proposal.version):
        assert subject_of(row) == proposal.practice


def test_who_sponsors_decides_no_round_though_they_facilitate(crew: Crew) -> None:
    nour = crew.story.serving("Nour", RoleKind.FACILITATOR)
    proposal = crew.consented(crew.proposed())
    rounds = Proposal.objects.visible_to(nour)
    assert rounds.filter(decider.where(nour, Proposal)).exists()
    social.grant_role(crew.fay, crew.community, person=nour, kind=RoleKind.SPONSOR)
    assert not rounds.filter(decider.where(nour, Proposal)).exists()
    assert [role.person for role in deciders(proposal.version, crew.lea.pk)] == [crew.fay]
    with pytest.raises(NotAllowed, match="no sponsor"):
        crew.decided(proposal, by=nour)


def test_who_no_longer_sponsors_decides_again(crew: Crew) -> None:
    nour = crew.story.serving("Nour", RoleKind.FACILITATOR)
    proposal = crew.proposed()
    social.grant_role(crew.fay, crew.community, person=nour, kind=RoleKind.SPONSOR)
    assert nour not in {role.person for role in deciders(proposal.version, crew.lea.pk)}
    social.end_role(crew.fay, role_of(nour, kind=RoleKind.SPONSOR))
    assert nour in {role.person for role in deciders(proposal.version, crew.lea.pk)}


def test_who_is_credited_as_an_author_decides_nothing(crew: Crew) -> None:
    nour = crew.story.serving("Nour", RoleKind.FACILITATOR)
    practice = crew.story.distil(crew.lea, crew.story.resolved(crew.lea, nour), authors=[nour])
    crew.used(practice)
    proposal = crew.proposed(practice)
    assert [role.person for role in deciders(proposal.version, crew.lea.pk)] == [crew.fay]
    assert {crew.lea.pk, nour.pk} == parties(proposal.version, crew.lea.pk)


def test_whose_role_ended_decides_nothing(crew: Crew) -> None:
    nour = crew.story.serving("Nour", RoleKind.FACILITATOR)
    proposal = crew.consented(crew.proposed())
    social.end_role(crew.fay, crew.community.roles.get(person=nour, ended_at=None))
    with pytest.raises(NotAllowed):
        crew.decided(proposal, by=nour)


def test_the_acts_read_the_round_again_under_the_lock(crew: Crew) -> None:
    proposal = crew.consented(crew.proposed())
    stale = type(proposal).objects.visible_to(crew.fay).get(pk=proposal.pk)
    crew.decided(proposal)
    with clock.at(proposal.closes_at), pytest.raises(NotPossible, match="No round is open"):
        acts.decide(crew.fay, stale, outcome=Outcome.ACCEPTED)


@pytest.mark.parametrize("half", [{"decided_at": None}, {"decided_by": None}, {"outcome": ""}], ids=str)
def test_a_round_is_decided_whole_or_not_at_all(crew: Crew, half: dict[str, Any]) -> None:
    proposal = crew.decided(crew.consented(crew.proposed()))
    with writing(), pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).everywhere("test").update(**half)
