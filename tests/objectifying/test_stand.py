"""T7: stances, objections, and how an objection is met."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import RoleKind
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.models import Act
from commonplace.objectifying import acts
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.models import How, Objection, Proposal
from commonplace.objectifying.terms import tally
from tests.objectifying.conftest import Crew


def objected(crew: Crew, proposal: Proposal) -> Objection:
    crew.story.stand(crew.ines, proposal, Stand.OBJECT, "Unsafe near chlorine.")
    return proposal.objections.get()


def test_the_latest_stance_counts_and_the_others_stay_as_history(crew: Crew) -> None:
    proposal = crew.proposed()
    crew.story.stand(crew.ines, proposal, Stand.ASIDE)
    assert (tally(proposal).spoken, tally(proposal).consents) == (1, 0)
    crew.story.stand(crew.ines, proposal, Stand.CONCERN, "Two people needed.")
    assert (tally(proposal).spoken, tally(proposal).consents) == (1, 1)
    assert proposal.stances.count() == 2
    with pytest.raises(NotPossible, match="said so already"):
        crew.story.stand(crew.ines, proposal, Stand.CONCERN, "Two people needed.")


def test_the_ledger_knows_the_stance_unit_and_newcomer_but_no_words(crew: Crew) -> None:
    proposal = crew.proposed()
    crew.story.stand(crew.ines, proposal, Stand.CONCERN, "Two people needed.")
    act = Act.objects.about(proposal.practice).filter(verb="proposal.stance").get()
    assert act.evidence == {"stance": "concern", "unit": "North", "newcomer": True}


def test_a_concern_and_an_objection_need_words(crew: Crew) -> None:
    proposal = crew.proposed()
    with pytest.raises(NotPossible, match="Say your concern"):
        crew.story.stand(crew.ines, proposal, Stand.CONCERN, " ")
    with pytest.raises(NotPossible, match="needs its reason"):
        crew.story.stand(crew.ines, proposal, Stand.OBJECT)
    assert not proposal.stances.exists(), "a stance without its objection is not written either"
    with pytest.raises(NotPossible, match="needs its reason"):
        acts.take_stance(crew.ines, proposal, stance=Stand.OBJECT, reason="")


def test_who_joins_later_speaks_in_the_next_round(crew: Crew, later: Callable[..., Any]) -> None:
    proposal = crew.proposed()
    with later(timedelta(hours=1)):
        late = crew.story.member("Late")
        with pytest.raises(NotPossible, match="You joined after"):
            crew.story.stand(late, proposal)
        with pytest.raises(NotPossible, match="You joined after"):
            acts.take_stance(late, proposal, stance=Stand.OBJECT, reason="No.")


def test_sponsors_do_not_decide_on_knowledge(crew: Crew) -> None:
    proposal = crew.proposed()
    social.grant_role(crew.fay, crew.community, person=crew.ines, kind=RoleKind.SPONSOR)
    with pytest.raises(NotAllowed, match="do not sponsor"):
        crew.story.stand(crew.ines, proposal)
    with pytest.raises(NotAllowed):
        crew.story.stand(crew.story.serving("Sam", RoleKind.SPONSOR), proposal)


def test_after_the_close_nobody_speaks_any_more(crew: Crew) -> None:
    proposal = crew.proposed()
    with clock.at(proposal.closes_at):
        with pytest.raises(NotPossible, match="is closed"):
            crew.story.stand(crew.ines, proposal)
        with pytest.raises(NotPossible, match="is closed"):
            acts.take_stance(crew.ines, proposal, stance=Stand.OBJECT, reason="No.")


def test_after_the_decision_there_is_no_round(crew: Crew) -> None:
    proposal = crew.consented(crew.proposed())
    objection = objected(crew, proposal)
    acts.settle_objection(crew.ines, objection, how=How.WITHDRAWN)
    with clock.at(clock.now() + timedelta(hours=1)):
        crew.story.stand(crew.ines, proposal)
    crew.decided(proposal)
    for late in (
        lambda: crew.story.stand(crew.ines, proposal, Stand.ASIDE),
        lambda: acts.take_stance(crew.ines, proposal, stance=Stand.OBJECT, reason="Too late."),
        lambda: acts.amend(crew.fay, proposal, version=proposal.version),
        lambda: acts.settle_objection(crew.ines, objection, how=How.WITHDRAWN),
        lambda: crew.decided(proposal),
    ):
        with pytest.raises(NotPossible, match="No round is open"):
            late()


def test_one_objection_of_a_person_stands_at_a_time(crew: Crew) -> None:
    proposal = crew.proposed()
    objected(crew, proposal)
    with pytest.raises(NotPossible, match="stands already"):
        crew.story.stand(crew.ines, proposal, Stand.OBJECT, "And besides.")
    with pytest.raises(NotPossible, match="stands already"):
        acts.take_stance(crew.ines, proposal, stance=Stand.OBJECT, reason="And besides.")


def test_another_stance_withdraws_ones_own_objection_and_nobody_elses(crew: Crew) -> None:
    proposal = crew.proposed()
    objected(crew, proposal)
    crew.story.stand(crew.omar, proposal, Stand.OBJECT, "Takes two people.")
    crew.story.stand(crew.ines, proposal)
    assert [one.raised_by for one in proposal.objections.standing()] == [crew.omar]
    act = Act.objects.about(proposal.practice).filter(verb="proposal.objection_resolved").get()
    assert act.evidence == {"how": "withdrawn", "number": None}


def test_met_by_a_change_the_round_moves_and_everyone_is_asked_again(crew: Crew, later: Callable[..., Any]) -> None:
    proposal = crew.consented(crew.proposed())
    objection = objected(crew, proposal)
    with later(timedelta(days=3)):
        version = crew.story.revise(crew.lea, proposal.practice, limits="Not near chlorine: call the shift lead.")
        acts.settle_objection(crew.ines, objection, how=How.CHANGE, version=version)
        proposal.refresh_from_db()
        assert (proposal.version, tally(proposal).spoken, tally(proposal).standing) == (version, 0, 0)
        assert (proposal.closes_at - clock.now()).days == proposal.days
    verbs = [act.verb for act in Act.objects.about(proposal.practice).order_by("id")][-2:]
    assert verbs == ["proposal.amended", "proposal.objection_resolved"]


def test_the_author_never_rules_on_an_objection_to_their_own_proposal(crew: Crew) -> None:
    proposal = crew.proposed()
    objection = objected(crew, proposal)
    version = crew.story.revise(crew.lea, proposal.practice, limits="Otherwise.")
    for party in (crew.lea, crew.omar):
        social.grant_role(crew.fay, crew.community, person=party, kind=RoleKind.FACILITATOR)
        with pytest.raises(NotAllowed, match="neither wrote nor opened"):
            acts.settle_objection(party, objection, how=How.CHANGE, version=version)


def test_a_facilitator_without_a_part_may_say_that_a_change_meets_it(crew: Crew) -> None:
    proposal = crew.proposed()
    objection = objected(crew, proposal)
    with pytest.raises(NotPossible, match="Only who raised"):
        acts.settle_objection(crew.fay, objection, how=How.WITHDRAWN)
    crew.story.serving("Nour", RoleKind.FACILITATOR)
    own = crew.story.revise(crew.fay, proposal.practice, limits="The facilitator's words.")
    with pytest.raises(NotPossible, match="You wrote that version"):
        acts.settle_objection(crew.fay, objection, how=How.CHANGE, version=own)
    version = crew.story.revise(crew.lea, proposal.practice, limits="Not near chlorine.")
    acts.settle_objection(crew.fay, objection, how=How.CHANGE, version=version)
    assert not proposal.objections.standing().exists()


def test_only_a_newer_version_meets_an_objection(crew: Crew) -> None:
    proposal = crew.proposed()
    objection = objected(crew, proposal)
    for version in (None, proposal.version, crew.candidate().versions.get()):
        with pytest.raises(NotPossible, match="which newer version"):
            acts.settle_objection(crew.ines, objection, how=How.CHANGE, version=version)


def test_one_version_may_meet_two_objections(crew: Crew) -> None:
    proposal = crew.proposed()
    first = objected(crew, proposal)
    crew.story.stand(crew.omar, proposal, Stand.OBJECT, "Takes two people.")
    second = proposal.objections.get(raised_by=crew.omar)
    version = crew.story.revise(crew.lea, proposal.practice, limits="By two people, not near chlorine.")
    acts.settle_objection(crew.ines, first, how=How.CHANGE, version=version)
    acts.settle_objection(crew.omar, second, how=How.CHANGE, version=version)
    assert not proposal.objections.standing().exists()


def test_settled_is_settled(crew: Crew) -> None:
    objection = objected(crew, crew.proposed())
    acts.settle_objection(crew.ines, objection, how=How.WITHDRAWN)
    with pytest.raises(NotPossible, match="settled already"):
        acts.settle_objection(crew.ines, objection, how=How.WITHDRAWN)


def test_who_opened_it_may_move_it_and_an_objection_still_stands(crew: Crew) -> None:
    proposal = crew.proposed()
    objected(crew, proposal)
    version = crew.story.revise(crew.omar, proposal.practice, how="Bleed slowly.")
    with pytest.raises(NotAllowed):
        acts.amend(crew.omar, proposal, version=version)
    with pytest.raises(NotPossible, match="newer version"):
        acts.amend(crew.lea, proposal, version=proposal.version)
    acts.amend(crew.lea, proposal, version=version)
    assert proposal.objections.standing().count() == 1


def test_a_round_moves_to_no_version_that_nobody_could_decide_on(crew: Crew) -> None:
    proposal = crew.proposed()
    own = crew.story.revise(crew.fay, proposal.practice, how="The only facilitator's words.")
    with pytest.raises(NotPossible, match="Nobody could decide"):
        acts.amend(crew.lea, proposal, version=own)


def test_who_left_has_no_say(crew: Crew) -> None:
    proposal = crew.proposed()
    objection = objected(crew, proposal)
    social.leave(crew.ines, crew.community)
    with pytest.raises(NotAllowed):
        acts.settle_objection(crew.ines, objection, how=How.WITHDRAWN)
    with pytest.raises(NotAllowed):
        crew.story.stand(crew.ines, proposal)
