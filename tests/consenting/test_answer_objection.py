"""T7: a facilitator without a part says that a text meets an objection; its raiser, told, may say no for ten days."""

from datetime import datetime, timedelta

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Membership, Person, RoleKind
from commonplace.consenting import acts, jobs
from commonplace.consenting.contributions.needs import returnable
from commonplace.consenting.kinds import How, Outcome
from commonplace.consenting.models import Objection, Proposal, Remedy, RemedySeen
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.consenting.conftest import closed, read
from tests.objectifying.conftest import Crew


@pytest.fixture
def objection(crew: Crew, proposal: Proposal) -> Objection:
    """Ines's, on a text that was changed since; the others consent."""
    objection = crew.objected(proposal)
    crew.amended(proposal, limits="Not near chlorine.")
    for person in (crew.lea, crew.omar, crew.fay):
        crew.story.stand(person, proposal)
    return objection


@pytest.fixture
def remedy(crew: Crew, objection: Objection, nour: Person) -> Remedy:
    return acts.answer_objection(crew.fay, objection)


def seen(remedy: Remedy, at: datetime) -> None:
    """Its raiser has opened it among what needs them."""
    RemedySeen.objects.create(remedy=remedy, at=at)


def test_the_ledger_says_which_text_is_said_to_meet_it(crew: Crew, remedy: Remedy) -> None:
    act = crew.last("proposal.objection_answered")
    assert act.evidence == {"objection": remedy.objection_id, "number": 2}
    assert (act.object, act.actor) == (remedy.pk, crew.fay.pk)


def test_told_and_silent_for_ten_days_it_is_met(crew: Crew, proposal: Proposal, remedy: Remedy) -> None:
    seen(remedy, clock.now() + timedelta(days=1))
    crew.decided(read(proposal))
    objection = proposal.objections.get()
    assert (objection.how, objection.number, objection.settled_by) == ("change", 2, crew.fay)
    resolved = crew.last("proposal.objection_resolved").evidence
    assert resolved == {"how": "change", "number": 2, "said_by": "facilitator"}
    assert crew.last("proposal.decided").evidence["integrated"] == 1


def test_who_was_not_told_is_not_silent(crew: Crew, proposal: Proposal, remedy: Remedy) -> None:
    with closed(read(proposal)), pytest.raises(NotPossible, match="cannot be accepted"):
        crew.story.decide(crew.fay, proposal)
    with closed(read(proposal), days=60), pytest.raises(NotPossible, match="an objection stands"):
        crew.story.decide(crew.fay, proposal)


def test_told_late_the_round_stays_open_for_ten_days(crew: Crew, proposal: Proposal, remedy: Remedy) -> None:
    closes_at = read(proposal).closes_at
    seen(remedy, closes_at - timedelta(days=1))
    assert read(proposal).ends_at == closes_at + timedelta(days=9)
    with clock.at(closes_at + timedelta(days=8)):
        with pytest.raises(NotPossible, match="The round is open"):
            crew.story.decide(crew.fay, proposal, Outcome.RETURNED, "Not yet.")
        acts.keep_objection(crew.ines, remedy.objection)
        assert read(proposal).ends_at == clock.now(), "said no: the round closes now, and not before"
    with clock.at(closes_at + timedelta(days=9)), pytest.raises(NotPossible, match="cannot be accepted"):
        crew.story.decide(crew.fay, proposal)


def test_who_left_is_not_waited_for(crew: Crew, proposal: Proposal, remedy: Remedy) -> None:
    """Held open for their answer, the round closes with their leaving: what they said is kept as dissent."""
    closes_at = read(proposal).closes_at
    seen(remedy, closes_at - timedelta(days=1))
    with clock.at(closes_at + timedelta(days=2)):
        assert read(proposal).is_open
        social.leave(crew.ines, crew.community)
        assert read(proposal).ends_at == clock.now()
    assert read(proposal).outcome == Outcome.ACCEPTED
    assert proposal.objections.get().how == How.DISSENT


@pytest.mark.breaks_ledger  # who is removed by a round, is so by an act; an operator locks somebody out by a command
@pytest.mark.parametrize("how", ["removed", "locked", "a bot"])
def test_who_can_answer_no_more_is_not_waited_for(crew: Crew, proposal: Proposal, remedy: Remedy, how: str) -> None:
    closes_at = read(proposal).closes_at
    seen(remedy, closes_at - timedelta(days=1))
    with clock.at(closes_at + timedelta(days=2)):
        if how == "removed":
            here = Membership.objects.filter(community=crew.community, person=crew.ines).everywhere("test")
            with writing():
                here.update(left_at=clock.now(), removed=True)
        elif how == "locked":
            with writing():
                Person.objects.filter(pk=crew.ines.pk).update(is_active=False)
        else:
            social.set_bot(crew.story.operator, crew.ines, bot=True)
        jobs.end_rounds()
        assert read(proposal).is_closed_to_stances
        assert [need.title for need in returnable(crew.fay)] == ([] if how == "a bot" else ["Restarting a pump"])
        assert read(proposal).outcome == ("accepted" if how == "a bot" else ""), "who was removed: it stands"


def test_who_left_and_is_back_is_waited_for(crew: Crew, proposal: Proposal, remedy: Remedy) -> None:
    closes_at = read(proposal).closes_at
    seen(remedy, closes_at - timedelta(days=1))
    social.leave(crew.ines, crew.community)
    social.join(crew.ines, crew.community)
    assert read(proposal).ends_at == closes_at + timedelta(days=9)


def test_told_after_the_close_it_meets_nothing_however_late_the_worker_comes(
    crew: Crew, proposal: Proposal, remedy: Remedy
) -> None:
    closes_at = read(proposal).closes_at
    seen(remedy, closes_at + timedelta(hours=1))
    with clock.at(closes_at + timedelta(days=20)):
        jobs.end_rounds()
    assert read(proposal).outcome == Outcome.RETURNED
    assert proposal.objections.get().is_standing


def test_told_after_the_close_nobody_waits(crew: Crew, proposal: Proposal, remedy: Remedy) -> None:
    """Its raiser was not told in time: the objection stands, and the round is not held open for it."""
    closes_at = read(proposal).closes_at
    seen(remedy, closes_at + timedelta(hours=1))
    with clock.at(closes_at + timedelta(hours=2)):
        assert crew.story.decide(crew.fay, proposal, Outcome.RETURNED, "It stands.").outcome == "returned"


def test_kept_it_stands_and_that_text_is_not_said_again_to_meet_it(
    crew: Crew, remedy: Remedy, objection: Objection, nour: Person
) -> None:
    seen(remedy, clock.now())
    acts.keep_objection(crew.ines, objection)
    assert crew.last("proposal.objection_kept").evidence == {"number": 2}
    with pytest.raises(NotPossible, match="said that it still stands"):
        acts.answer_objection(nour, objection)
    with pytest.raises(NotPossible, match="Nobody says that it is met"):
        acts.keep_objection(crew.ines, objection)


def test_of_a_later_text_it_may_be_said_anew(crew: Crew, remedy: Remedy, objection: Objection, nour: Person) -> None:
    acts.keep_objection(crew.ines, objection)
    crew.amended(objection.proposal, limits="Never near chlorine.")
    assert acts.answer_objection(nour, objection).number == 3


def test_what_meets_it_is_proposed_still(crew: Crew, proposal: Proposal, remedy: Remedy) -> None:
    """Moved on from the text that is said to meet it, the round has none that does."""
    seen(remedy, clock.now())
    crew.amended(proposal, limits="Anywhere.")
    for person in (crew.lea, crew.omar, crew.fay):
        crew.story.stand(person, proposal)
    with closed(read(proposal)), pytest.raises(NotPossible, match="cannot be accepted"):
        crew.story.decide(crew.fay, proposal)


def test_an_objection_that_nobody_has_met_is_not_said_to_be(crew: Crew, proposal: Proposal) -> None:
    """A blank is no remedy: something in the text has changed."""
    objection = crew.objected(proposal)
    with pytest.raises(NotPossible, match="Nothing has changed"):
        acts.answer_objection(crew.fay, objection)


def test_it_is_said_once(crew: Crew, remedy: Remedy, objection: Objection, nour: Person) -> None:
    with pytest.raises(NotPossible, match="said so already"):
        acts.answer_objection(nour, objection)


def test_who_has_a_part_says_nothing_of_the_kind(crew: Crew, objection: Objection) -> None:
    for party in (crew.lea, crew.omar):
        social.grant_role(crew.fay, crew.community, person=party, kind=RoleKind.FACILITATOR)
    crew.objected(objection.proposal, by=crew.fay)
    for person in (crew.lea, crew.omar, crew.fay, crew.ines):
        with pytest.raises(NotAllowed):
            acts.answer_objection(person, objection)


def test_who_wrote_the_change_or_sponsors_does_not_either(crew: Crew, objection: Objection, nour: Person) -> None:
    crew.amended(objection.proposal, why="Air.")
    crew.story.revise(nour, crew.practice_of(objection.proposal), limits="Nour's own words.")
    with pytest.raises(NotPossible, match="twice at most"):
        acts.amend(crew.lea, objection.proposal, number=4)
    crew.story.granted(nour, RoleKind.SPONSOR)
    with pytest.raises(NotAllowed, match="no sponsor"):
        acts.answer_objection(nour, objection)


def test_a_facilitator_who_wrote_what_meets_it_has_a_part(crew: Crew, proposal: Proposal, nour: Person) -> None:
    objection = crew.objected(proposal)
    version = crew.story.revise(nour, crew.practice_of(proposal), limits="Not near chlorine.")
    acts.amend(crew.lea, proposal, number=version.number)
    with pytest.raises(NotAllowed):
        acts.answer_objection(nour, objection)


def test_only_its_raiser_keeps_it(crew: Crew, remedy: Remedy, objection: Objection) -> None:
    for person in (crew.lea, crew.fay):
        with pytest.raises(NotAllowed):
            acts.keep_objection(person, objection)


def test_what_is_settled_is_neither_answered_nor_kept(
    crew: Crew, remedy: Remedy, objection: Objection, nour: Person
) -> None:
    acts.settle_objection(crew.ines, objection, how=How.WITHDRAWN)
    with pytest.raises(NotPossible, match="settled already"):
        acts.answer_objection(nour, objection)
    with pytest.raises(NotPossible, match="settled already"):
        acts.keep_objection(crew.ines, objection)


def test_a_round_that_waits_for_an_answer_does_not_end_early(
    crew: Crew, proposal: Proposal, remedy: Remedy, nour: Person
) -> None:
    seen(remedy, clock.now())
    with pytest.raises(NotPossible, match="The round is open"):
        crew.story.decide(crew.fay, proposal)
