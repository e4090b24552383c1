"""T7: a round moves to a newer version."""

import pytest

from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.objectifying import acts
from commonplace.objectifying.consent import How
from commonplace.objectifying.counting import tally
from tests.objectifying.conftest import Crew


def test_who_opened_it_moves_it_and_everyone_is_asked_again(crew: Crew) -> None:
    proposal = crew.consented(crew.proposed())
    version = crew.story.revise(crew.omar, proposal.practice, how="Bleed slowly.", limits="None.")
    moved = acts.amend(crew.lea, proposal, version=version)
    assert (moved.version, tally(moved).spoken) == (version, 0)
    act = crew.last("proposal.amended")
    assert (act.object, act.subject) == (proposal.pk, proposal.practice_id)
    closes_on = f"{moved.closes_at:%Y-%m-%d}"
    assert act.evidence == {"number": 2, "parts": ["how", "limits"], "closes_on": closes_on}


def test_an_objection_still_stands_on_the_new_version(crew: Crew) -> None:
    proposal = crew.proposed()
    crew.objected(proposal)
    acts.amend(crew.lea, proposal, version=crew.story.revise(crew.omar, proposal.practice, how="Bleed slowly."))
    assert proposal.objections.standing().count() == 1


def test_who_objects_and_facilitators_move_it_and_nobody_else(crew: Crew) -> None:
    proposal = crew.proposed()
    version = crew.story.revise(crew.omar, proposal.practice, how="Bleed slowly.")
    with pytest.raises(NotAllowed):
        acts.amend(crew.ines, proposal, version=version)
    crew.objected(proposal)
    assert acts.amend(crew.ines, proposal, version=version)
    assert acts.amend(crew.fay, proposal, version=crew.story.revise(crew.omar, proposal.practice, how="So."))


def test_it_moves_to_a_newer_version_of_its_practice_only(crew: Crew) -> None:
    proposal = crew.proposed()
    second = crew.story.revise(crew.omar, proposal.practice, how="Bleed slowly.")
    acts.amend(crew.lea, proposal, version=crew.story.revise(crew.omar, proposal.practice, how="Bleed fast."))
    other = crew.candidate()
    of_another = [crew.story.revise(crew.lea, other, limits=f"Elsewhere {number}.") for number in range(3)][-1]
    for version in (second, proposal.practice.newest_version, of_another):
        with pytest.raises(NotPossible, match="newer version"):
            acts.amend(crew.lea, proposal, version=version)


def test_a_round_moves_to_no_version_that_nobody_could_decide_on(crew: Crew) -> None:
    proposal = crew.proposed()
    own = crew.story.revise(crew.fay, proposal.practice, how="The only facilitator's words.")
    with pytest.raises(NotPossible, match="Nobody could decide"):
        acts.amend(crew.lea, proposal, version=own)


def test_whose_objection_is_settled_meanwhile_is_told_so_on_the_round(crew: Crew) -> None:
    proposal = crew.proposed()
    objection = crew.objected(proposal)
    crew.story.revise(crew.omar, proposal.practice, how="Bleed slowly.")
    browser, address = crew.story.browser(objection.raised_by), proposal.get_absolute_url()
    acts.settle_objection(objection.raised_by, objection, how=How.WITHDRAWN, version=None)
    late = browser.post(f"{address}amendments", follow=True)
    assert late.redirect_chain == [(address, 302)]
    assert "Your objection is settled already." in late.content.decode()
    assert crew.story.browser(crew.omar).post(f"{address}amendments").status_code == 403


def test_a_decided_round_does_not_move_whatever_a_stale_page_shows(crew: Crew) -> None:
    proposal = crew.consented(crew.proposed())
    stale = type(proposal).objects.visible_to(crew.lea).get(pk=proposal.pk)
    crew.decided(proposal)
    version = crew.story.revise(crew.omar, proposal.practice, how="Bleed slowly.")
    with pytest.raises(NotPossible, match="No round is open"):
        acts.amend(crew.lea, stale, version=version)
