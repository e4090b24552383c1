"""T7: where people stand in a round."""

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
from commonplace.objectifying.counting import tally
from tests.objectifying.conftest import Crew


def test_the_latest_stance_counts_and_the_others_stay_as_history(crew: Crew) -> None:
    proposal = crew.proposed()
    crew.story.stand(crew.ines, proposal, Stand.ASIDE)
    assert (tally(proposal).spoken, tally(proposal).consents) == (1, 0)
    crew.story.stand(crew.ines, proposal, Stand.CONCERN, "Two people needed.")
    assert (tally(proposal).spoken, tally(proposal).consents) == (1, 1)
    assert proposal.stances.count() == 2
    with pytest.raises(NotPossible, match="said so already"):
        crew.story.stand(crew.ines, proposal, Stand.CONCERN, "Two people needed.")


def test_the_ledger_knows_the_stance_and_the_one_before_but_no_words(crew: Crew) -> None:
    proposal = crew.proposed()
    crew.story.stand(crew.ines, proposal, Stand.CONCERN, "Two people needed.")
    act = crew.last("proposal.stance")
    own = {"proposal": proposal.pk, "by_author": False}
    assert act.evidence == {"number": 1, "stance": "concern", "before": None, **own}
    assert (act.subject, act.unit_id) == (proposal.practice_id, crew.ines.unit_id)
    crew.story.stand(crew.omar, proposal)
    assert crew.last("proposal.stance").evidence["by_author"] is True
    acts.amend(crew.lea, proposal, version=crew.story.revise(crew.lea, proposal.practice, how="Slowly."))
    crew.story.stand(crew.ines, proposal)
    assert crew.last("proposal.stance").evidence["before"] == "concern", "before the round moved, too"
    assert crew.last("proposal.stance").evidence["number"] == 2


def test_the_stance_before_is_the_one_it_replaces_however_close_they_follow(crew: Crew) -> None:
    proposal, stances = crew.proposed(), [Stand.CONSENT, Stand.ASIDE] * 4
    with clock.at(clock.now()):
        for stance in stances:
            crew.story.stand(crew.ines, proposal, stance)
    taken = Act.objects.filter(verb="proposal.stance").everywhere("test").order_by("id")
    assert [act.evidence["before"] for act in taken] == [None, *stances[:-1]]


def test_the_unit_is_that_of_the_moment(crew: Crew) -> None:
    stance = crew.story.stand(crew.ines, crew.proposed())
    assert stance.unit == crew.ines.unit_id
    assert crew.story.stand(crew.fay, stance.proposal).unit == ""


def test_objecting_raises_an_objection(crew: Crew) -> None:
    proposal = crew.proposed()
    objection = crew.objected(proposal)
    assert (objection.text, objection.raised_on) == ("Unsafe near chlorine.", proposal.version)
    act, raised = crew.last("proposal.objection_raised"), {"proposal": proposal.pk, "number": 1}
    assert (act.object, act.subject, act.evidence) == (objection.pk, proposal.practice_id, raised)


def test_a_concern_and_an_objection_need_words(crew: Crew) -> None:
    proposal = crew.proposed()
    with pytest.raises(NotPossible, match="Say your concern"):
        crew.story.stand(crew.ines, proposal, Stand.CONCERN, " ")
    with pytest.raises(NotPossible, match="needs its reason"):
        crew.story.stand(crew.ines, proposal, Stand.OBJECT, " ")
    assert not proposal.stances.exists(), "a stance without its objection is not written either"


def test_one_objection_of_a_person_stands_at_a_time(crew: Crew) -> None:
    proposal = crew.proposed()
    crew.objected(proposal)
    with pytest.raises(NotPossible, match="stands already"):
        crew.story.stand(crew.ines, proposal, Stand.OBJECT, "And besides.")


def test_another_stance_withdraws_ones_own_objection_and_nobody_elses(crew: Crew) -> None:
    proposal = crew.proposed()
    crew.objected(proposal)
    crew.objected(proposal, by=crew.omar)
    crew.story.stand(crew.ines, proposal)
    assert [one.raised_by for one in proposal.objections.standing()] == [crew.omar]
    act = crew.last("proposal.objection_resolved")
    assert act.evidence == {"how": "withdrawn", "number": None, "said_by": "raiser"}


def test_what_is_proposed_now_is_what_one_speaks_on(crew: Crew) -> None:
    """A page shown before the round moved would consent to what its reader never saw."""
    proposal = crew.proposed()
    read, newer = proposal.version, crew.story.revise(crew.lea, proposal.practice, how="Slowly.")
    acts.amend(crew.lea, proposal, version=newer)
    with pytest.raises(NotPossible, match="moved to version 2"):
        acts.take_stance(crew.ines, proposal, stance=Stand.CONSENT, version=read)
    assert acts.take_stance(crew.ines, proposal, stance=Stand.CONSENT, version=newer).version == newer


def test_who_joins_later_speaks_in_the_next_round(crew: Crew, later: Callable[..., Any]) -> None:
    proposal = crew.proposed()
    with later(timedelta(hours=1)):
        late = crew.story.member("Late")
        with pytest.raises(NotPossible, match="You joined after"):
            crew.story.stand(late, proposal)


def test_who_left_has_no_say(crew: Crew) -> None:
    proposal = crew.proposed()
    social.leave(crew.ines, crew.community)
    with pytest.raises(NotAllowed):
        crew.story.stand(crew.ines, proposal)


def test_sponsors_do_not_decide_on_knowledge(crew: Crew) -> None:
    proposal = crew.proposed()
    social.grant_role(crew.fay, crew.community, person=crew.ines, kind=RoleKind.SPONSOR)
    with pytest.raises(NotAllowed, match="do not sponsor"):
        crew.story.stand(crew.ines, proposal)
    with pytest.raises(NotAllowed):
        crew.story.stand(crew.story.serving("Sam", RoleKind.SPONSOR), proposal)


def test_after_the_close_nobody_speaks_any_more(crew: Crew) -> None:
    proposal = crew.proposed()
    with clock.at(proposal.closes_at), pytest.raises(NotPossible, match="is closed"):
        crew.story.stand(crew.ines, proposal)


def test_after_the_decision_there_is_no_round_whatever_a_stale_page_shows(crew: Crew) -> None:
    proposal = crew.consented(crew.proposed())
    stale = type(proposal).objects.visible_to(crew.ines).get(pk=proposal.pk)
    crew.decided(proposal)
    with pytest.raises(NotPossible, match="No round is open"):
        crew.story.stand(crew.ines, stale, Stand.ASIDE)
