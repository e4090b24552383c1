"""T7: an objection is withdrawn by who raised it, or met by a newer version."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from commonplace.communities import acts as social
from commonplace.communities.models import RoleKind
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.models import Act
from commonplace.objectifying import acts
from commonplace.objectifying.consent import How
from commonplace.objectifying.counting import tally
from commonplace.objectifying.models import Objection
from commonplace.objectifying.status import Outcome
from tests.objectifying.conftest import Crew


def withdrawn(crew: Crew, objection: Objection) -> Objection:
    return acts.settle_objection(crew.ines, objection, how=How.WITHDRAWN)


def test_who_raised_it_withdraws_it(crew: Crew) -> None:
    objection = withdrawn(crew, crew.objected(crew.proposed()))
    act = crew.last("proposal.objection_resolved")
    assert (act.object, act.subject) == (objection.pk, objection.subject.pk)
    assert act.evidence == {"how": "withdrawn", "number": None, "said_by": "raiser"}
    assert (objection.settled_by, objection.is_standing) == (crew.ines, False)


def test_met_by_a_change_the_round_moves_and_everyone_is_asked_again(crew: Crew, later: Callable[..., Any]) -> None:
    proposal = crew.consented(crew.proposed())
    objection = crew.objected(proposal)
    with later(timedelta(days=3)):
        version = crew.story.revise(crew.lea, proposal.practice, limits="Not near chlorine: call the shift lead.")
        crew.met(objection, version)
        proposal.refresh_from_db()
        assert (proposal.version, tally(proposal).spoken, tally(proposal).standing) == (version, 0, 0)
        assert (proposal.closes_at - clock.now()).days == proposal.days
    resolved, amended = Act.objects.about(proposal.practice).order_by("-id")[:2][::-1]
    assert (resolved.verb, amended.verb) == ("proposal.objection_resolved", "proposal.amended")
    assert resolved.evidence == {"how": "change", "number": 2, "said_by": "raiser"}
    moved = {"number": 2, "parts": ["limits"], "closes_on": f"{proposal.closes_at:%Y-%m-%d}"}
    assert (amended.object, amended.evidence) == (proposal.pk, moved)


def test_a_facilitator_without_a_part_may_say_that_a_change_meets_it(crew: Crew) -> None:
    proposal = crew.proposed()
    objection = crew.objected(proposal)
    with pytest.raises(NotPossible, match="Only who raised"):
        acts.settle_objection(crew.fay, objection, how=How.WITHDRAWN)
    crew.story.serving("Nour", RoleKind.FACILITATOR)
    own = crew.story.revise(crew.fay, proposal.practice, limits="The facilitator's words.")
    with pytest.raises(NotPossible, match="You wrote that version"):
        crew.met(objection, own, by=crew.fay)
    version = crew.story.revise(crew.lea, proposal.practice, limits="Not near chlorine.")
    crew.met(objection, version, by=crew.fay)
    assert not proposal.objections.standing().exists()
    assert crew.last("proposal.objection_resolved").evidence["said_by"] == "facilitator"


def test_the_author_never_rules_on_an_objection_to_their_own_proposal(crew: Crew) -> None:
    proposal = crew.proposed()
    objection = crew.objected(proposal)
    version = crew.story.revise(crew.ines, proposal.practice, limits="Otherwise.")
    for party in (crew.lea, crew.omar):
        social.grant_role(crew.fay, crew.community, person=party, kind=RoleKind.FACILITATOR)
        with pytest.raises(NotAllowed, match="neither wrote nor opened"):
            crew.met(objection, version, by=party)


def test_who_raised_it_may_have_written_what_meets_it(crew: Crew) -> None:
    proposal = crew.proposed()
    objection = crew.objected(proposal)
    own = crew.story.revise(crew.ines, proposal.practice, limits="Not near chlorine.")
    assert crew.met(objection, own).version == own


def test_only_a_newer_version_of_this_practice_meets_an_objection(crew: Crew) -> None:
    proposal = crew.proposed()
    objection = crew.objected(proposal)
    other = crew.candidate()
    of_another = crew.story.revise(crew.lea, other, limits="Elsewhere.")
    for version in (None, proposal.version, of_another):
        with pytest.raises(NotPossible, match="which newer version"):
            crew.met(objection, version)


def test_nor_one_that_the_round_has_left_behind(crew: Crew) -> None:
    proposal = crew.proposed()
    objection = crew.objected(proposal)
    second = crew.story.revise(crew.lea, proposal.practice, how="Slowly.")
    acts.amend(crew.lea, proposal, version=crew.story.revise(crew.lea, proposal.practice, how="Very slowly."))
    with pytest.raises(NotPossible, match="which newer version"):
        crew.met(objection, second)


def test_the_round_moves_to_no_version_that_nobody_could_decide_on(crew: Crew) -> None:
    proposal = crew.proposed()
    objection = crew.objected(proposal)
    own = crew.story.revise(crew.fay, proposal.practice, limits="The only facilitator's words.")
    with pytest.raises(NotPossible, match="Nobody could decide"):
        crew.met(objection, own)


def test_one_version_may_meet_two_objections(crew: Crew) -> None:
    proposal = crew.proposed()
    first, second = crew.objected(proposal), crew.objected(proposal, by=crew.omar)
    version = crew.story.revise(crew.lea, proposal.practice, limits="By two people, not near chlorine.")
    crew.met(first, version)
    crew.met(second, version, by=crew.omar)
    assert not proposal.objections.standing().exists()


def test_settled_is_settled_whatever_a_stale_page_shows(crew: Crew) -> None:
    objection = crew.objected(crew.proposed())
    stale = Objection.objects.visible_to(crew.ines).get(pk=objection.pk)
    withdrawn(crew, objection)
    with pytest.raises(NotPossible, match="settled already"):
        withdrawn(crew, stale)


def test_after_the_decision_nothing_is_settled(crew: Crew) -> None:
    proposal = crew.proposed()
    objection = crew.objected(proposal)
    crew.decided(proposal, Outcome.RETURNED)
    with pytest.raises(NotPossible, match="No round is open"):
        withdrawn(crew, objection)


def test_who_left_has_no_say(crew: Crew) -> None:
    objection = crew.objected(crew.proposed())
    social.leave(crew.ines, crew.community)
    with pytest.raises(NotAllowed):
        withdrawn(crew, objection)


def test_whose_role_ended_settles_nothing(crew: Crew) -> None:
    nour = crew.story.serving("Nour", RoleKind.FACILITATOR)
    proposal = crew.proposed()
    objection = crew.objected(proposal)
    version = crew.story.revise(crew.lea, proposal.practice, limits="Not near chlorine.")
    social.end_role(crew.fay, crew.community.roles.get(person=nour, ended_at=None))
    with pytest.raises(NotAllowed):
        crew.met(objection, version, by=nour)


@pytest.mark.parametrize("half", [{"settled_at": None}, {"how": ""}], ids=str)
def test_what_is_settled_is_settled_somehow(crew: Crew, half: dict[str, Any]) -> None:
    objection = withdrawn(crew, crew.objected(crew.proposed()))
    with writing(), pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=objection.pk).everywhere("test").update(**half)
