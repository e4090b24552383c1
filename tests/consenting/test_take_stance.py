"""T7: where people stand in a round, said by themselves or entered for them until they confirm it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Person, RoleKind
from commonplace.consenting import acts
from commonplace.consenting.counting import tally_of
from commonplace.consenting.kinds import Ground, Stand
from commonplace.consenting.lengths import LONGEST_PART
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.models import Act
from tests.consenting.conftest import closed, read
from tests.objectifying.conftest import Crew


def entered(by: Person, proposal: Proposal, person: Person, stance: Stand = Stand.CONSENT, reason: str = "") -> None:
    acts.take_stance(by, proposal, stance=stance, reason=reason, person=person)


def test_the_latest_stance_counts_and_the_others_stay_as_history(crew: Crew, proposal: Proposal) -> None:
    crew.story.stand(crew.ines, proposal, Stand.ASIDE)
    assert (tally_of(proposal).spoken, tally_of(proposal).consents) == (1, 0)
    crew.story.stand(crew.ines, proposal, Stand.CONCERN, "Two people needed.")
    assert (tally_of(proposal).spoken, tally_of(proposal).consents) == (1, 1)
    assert proposal.stances.count() == 2
    with pytest.raises(NotPossible, match="said so already"):
        crew.story.stand(crew.ines, proposal, Stand.CONCERN, "Two people needed.")


def test_the_ledger_knows_the_stance_and_the_one_before_but_no_words(crew: Crew, proposal: Proposal) -> None:
    crew.story.stand(crew.ines, proposal, Stand.CONCERN, "Two people needed.")
    act = crew.last("proposal.stance")
    own = {"proposal": proposal.pk, "person": crew.ines.pk, "by_author": False, "entered_by_other": False}
    assert act.evidence == {"number": 1, "stance": "concern", "before": None, **own}
    assert (act.subject, act.unit_id) == (proposal.subject_id, crew.ines.unit_id)
    crew.story.stand(crew.lea, proposal)
    assert crew.last("proposal.stance").evidence["by_author"] is True
    crew.amended(proposal, how="Slowly.")
    crew.story.stand(crew.ines, proposal)
    assert crew.last("proposal.stance").evidence["before"] == "concern", "before the round moved, too"
    assert crew.last("proposal.stance").evidence["number"] == 2


def test_the_stance_before_is_the_one_it_replaces_however_close_they_follow(crew: Crew, proposal: Proposal) -> None:
    stances = [Stand.CONSENT, Stand.ASIDE] * 4
    with clock.at(clock.now()):
        for stance in stances:
            crew.story.stand(crew.ines, proposal, stance)
    taken = Act.objects.filter(verb="proposal.stance").everywhere("test").order_by("id")
    assert [act.evidence["before"] for act in taken] == [None, *stances[:-1]]


def test_objecting_raises_an_objection(crew: Crew, proposal: Proposal) -> None:
    objection = crew.objected(proposal)
    assert (objection.harm, objection.ground, objection.raised_on) == ("Unsafe near chlorine.", "unsafe", 1)
    act = crew.last("proposal.objection_raised")
    raised = {"proposal": proposal.pk, "person": crew.ines.pk, "number": 1, "ground": "unsafe", "taken_from": ""}
    raised |= {"understood_by": ""}
    assert act.evidence == {**raised, "for_another": False, "repeated": False}
    assert (act.object, act.subject) == (objection.pk, proposal.subject_id)


def test_a_concern_and_an_objection_need_words_and_a_ground(crew: Crew, proposal: Proposal) -> None:
    with pytest.raises(NotPossible, match="Say your concern"):
        crew.story.stand(crew.ines, proposal, Stand.CONCERN, " ")
    with pytest.raises(NotPossible, match="needs its reason"):
        crew.story.stand(crew.ines, proposal, Stand.OBJECT, " ")
    with pytest.raises(NotPossible, match="on which ground"):
        acts.take_stance(crew.ines, proposal, stance=Stand.OBJECT, reason="Unsafe.")
    assert not proposal.stances.exists(), "a stance without its objection is not written either"


def test_words_have_their_length(crew: Crew, proposal: Proposal) -> None:
    with pytest.raises(NotPossible, match="more than 10000"):
        crew.story.stand(crew.ines, proposal, Stand.CONCERN, "x" * (LONGEST_PART + 1))


def test_who_objects_in_other_words_objects_once(crew: Crew, proposal: Proposal) -> None:
    crew.objected(proposal)
    acts.take_stance(crew.ines, proposal, stance=Stand.OBJECT, reason="It costs hours.", ground=Ground.EFFORT)
    assert [one.ground for one in proposal.objections.standing()] == ["effort"]
    assert [one.how for one in proposal.objections.order_by("raised_at", "pk")].count("anew") == 1


def test_another_stance_withdraws_ones_own_objection_and_nobody_elses(crew: Crew, proposal: Proposal) -> None:
    crew.objected(proposal)
    crew.objected(proposal, by=crew.omar)
    crew.story.stand(crew.ines, proposal)
    assert [one.raised_by for one in proposal.objections.standing()] == [crew.omar]
    act = crew.last("proposal.objection_resolved")
    assert act.evidence == {"how": "withdrawn", "number": None, "said_by": "raiser"}


def test_who_consents_to_the_mended_text_was_met_by_it_and_withdrew_nothing(crew: Crew, proposal: Proposal) -> None:
    crew.objected(proposal)
    crew.amended(proposal, limits="Not near chlorine.")
    crew.story.stand(crew.ines, proposal)
    act = crew.last("proposal.objection_resolved")
    assert act.evidence == {"how": "change", "number": 2, "said_by": "raiser"}


def test_what_is_proposed_now_is_what_one_speaks_on(crew: Crew, proposal: Proposal) -> None:
    """A page shown before the round moved would consent to what its reader never saw."""
    crew.amended(proposal, how="Slowly.")
    with pytest.raises(NotPossible, match="moved to version 2"):
        acts.take_stance(crew.ines, proposal, stance=Stand.CONSENT, number=1)
    assert acts.take_stance(crew.ines, proposal, stance=Stand.CONSENT, number=2).number == 2


def test_who_joins_later_speaks_in_the_next_round(crew: Crew, proposal: Proposal, later: Callable[..., Any]) -> None:
    with later(timedelta(hours=1)):
        late = crew.story.member("Late")
        with pytest.raises(NotPossible, match="fixed when it opened"):
            crew.story.stand(late, proposal)


def test_who_left_has_no_say(crew: Crew, proposal: Proposal) -> None:
    social.leave(crew.ines, crew.community)
    with pytest.raises(NotAllowed):
        crew.story.stand(crew.ines, proposal)


@pytest.mark.breaks_ledger  # who is removed by a round, is so by an act
def test_who_was_removed_acts_no_more(crew: Crew, proposal: Proposal, removed: Callable[[Person], None]) -> None:
    removed(crew.ines)
    with clock.at(clock.now() + timedelta(hours=2)), pytest.raises(NotAllowed):
        crew.story.stand(crew.ines, proposal)


def test_no_voice_is_taken_by_making_somebody_sponsor_in_mid_round(crew: Crew, proposal: Proposal) -> None:
    crew.objected(proposal)
    crew.story.granted(crew.ines, RoleKind.SPONSOR)
    assert tally_of(proposal).standing == 1
    crew.story.stand(crew.ines, proposal)
    assert (tally_of(proposal).eligible, tally_of(proposal).consents) == (4, 1)


def test_who_sponsored_at_the_opening_has_no_voice(crew: Crew) -> None:
    sam = crew.story.member("Sam Sponsor")
    crew.story.granted(sam, RoleKind.SPONSOR)
    proposal = crew.proposed()
    with pytest.raises(NotPossible, match="fixed when it opened"):
        crew.story.stand(sam, proposal)
    with pytest.raises(NotAllowed):
        crew.story.stand(crew.story.serving("Sid", RoleKind.SPONSOR), proposal)


def test_after_the_close_nobody_speaks_any_more(crew: Crew, proposal: Proposal) -> None:
    with clock.at(proposal.closes_at), pytest.raises(NotPossible, match="is closed"):
        crew.story.stand(crew.ines, proposal)


def test_after_the_decision_there_is_no_round_whatever_a_stale_page_shows(crew: Crew, proposal: Proposal) -> None:
    stale = read(crew.consented(proposal))
    crew.decided(proposal)
    with pytest.raises(NotPossible, match="This round is over"):
        crew.story.stand(crew.ines, stale, Stand.ASIDE)


def test_what_is_entered_for_somebody_counts_when_they_say_the_same(crew: Crew, proposal: Proposal) -> None:
    entered(crew.fay, proposal, crew.ines)
    assert (tally_of(proposal).spoken, tally_of(proposal).consents) == (0, 0)
    evidence = crew.last("proposal.stance").evidence
    assert (evidence["person"], evidence["entered_by_other"]) == (crew.ines.pk, True)
    crew.story.stand(crew.ines, proposal)
    assert (tally_of(proposal).spoken, tally_of(proposal).consents) == (1, 1)
    assert crew.last("proposal.stance").evidence["entered_by_other"] is False


def test_nobody_writes_over_what_somebody_said_themselves(crew: Crew, proposal: Proposal) -> None:
    entered(crew.fay, proposal, crew.ines)
    entered(crew.lea, proposal, crew.ines, Stand.ASIDE)
    crew.story.stand(crew.ines, proposal, Stand.ASIDE)
    with pytest.raises(NotPossible, match="Ines has spoken already"):
        entered(crew.fay, proposal, crew.ines)
    assert tally_of(proposal).consents == 0


def test_nobody_says_again_for_somebody_what_they_said_of_the_text_before(crew: Crew, proposal: Proposal) -> None:
    crew.story.stand(crew.ines, proposal)
    crew.amended(proposal, why="Air.")
    with pytest.raises(NotPossible, match="Ines has spoken already"):
        entered(crew.fay, proposal, crew.ines)


def test_an_objection_is_entered_without_raising_one(crew: Crew, proposal: Proposal) -> None:
    entered(crew.fay, proposal, crew.ines, Stand.OBJECT, "Unsafe.")
    assert not proposal.objections.exists()
    crew.objected(proposal)
    assert tally_of(proposal).standing == 1


def test_for_whoever_is_not_asked_nothing_is_entered(crew: Crew, proposal: Proposal) -> None:
    with pytest.raises(NotPossible, match="fixed when it opened"):
        entered(crew.fay, proposal, crew.story.member("Late"))


def test_what_others_entered_meets_no_quorum(crew: Crew, proposal: Proposal) -> None:
    for person in (crew.omar, crew.ines, crew.fay):
        entered(crew.lea, proposal, person)
    crew.story.stand(crew.lea, proposal)
    with closed(proposal), pytest.raises(NotPossible, match="too few consent"):
        crew.story.decide(crew.fay, proposal)
