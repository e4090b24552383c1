"""T7: an objection is withdrawn, met by a change, taken up, answered; it never stays with somebody who cannot speak."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from commonplace.communities import acts as social
from commonplace.communities.models import Person, RoleKind
from commonplace.consenting import acts
from commonplace.consenting.counting import tally_of
from commonplace.consenting.kinds import Ground, How, Outcome, Stand
from commonplace.consenting.lengths import LONGEST_PART
from commonplace.consenting.models import Objection, Proposal
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.consenting.conftest import closed, read
from tests.objectifying.conftest import Crew

LATER = timedelta(hours=2)


def withdrawn(crew: Crew, objection: Objection) -> Objection:
    return acts.settle_objection(objection.raised_by, objection, how=How.WITHDRAWN)


def taken_up(by: Person, objection: Objection) -> Objection:
    return acts.settle_objection(by, objection, how=How.TAKEN_UP)


def hows(proposal: Proposal) -> set[tuple[str, str]]:
    return set(proposal.objections.values_list("raised_by__name", "how"))


def test_who_raised_it_withdraws_it(crew: Crew, proposal: Proposal) -> None:
    objection = withdrawn(crew, crew.objected(proposal))
    act = crew.last("proposal.objection_resolved")
    assert (act.object, act.subject) == (objection.pk, proposal.subject_id)
    assert act.evidence == {"how": "withdrawn", "number": None, "said_by": "raiser"}
    assert (objection.settled_by, objection.is_standing) == (crew.ines, False)


def test_who_raised_it_says_that_a_change_meets_it(crew: Crew, proposal: Proposal) -> None:
    objection = crew.objected(proposal)
    with pytest.raises(NotPossible, match="Nothing has changed"):
        crew.met(objection)
    crew.amended(proposal, limits="Not near chlorine.")
    crew.met(objection)
    assert crew.last("proposal.objection_resolved").evidence == {"how": "change", "number": 2, "said_by": "raiser"}


def test_nobody_else_says_so_or_withdraws_it(crew: Crew, proposal: Proposal) -> None:
    objection = crew.objected(proposal)
    crew.amended(proposal, limits="Not near chlorine.")
    for person in (crew.lea, crew.omar, crew.fay):
        for how in (How.CHANGE, How.WITHDRAWN, How.DISSENT):
            with pytest.raises(NotPossible, match="Only who raised"):
                acts.settle_objection(person, objection, how=how)


def test_nobody_files_their_own_objection_as_dissent(crew: Crew, proposal: Proposal) -> None:
    """It would go on against the text, and not stop it."""
    with pytest.raises(NotPossible, match="The rule alone"):
        acts.settle_objection(crew.ines, crew.objected(proposal), how=How.DISSENT)


def test_one_objection_is_settled_and_the_other_stands(crew: Crew, proposal: Proposal) -> None:
    first, second = crew.objected(proposal), crew.objected(proposal, by=crew.omar)
    crew.amended(proposal, limits="By two people, not near chlorine.")
    crew.met(first)
    assert [one.pk for one in proposal.objections.standing()] == [second.pk]


def test_settled_is_settled_whatever_a_stale_page_shows(crew: Crew, proposal: Proposal) -> None:
    objection = crew.objected(proposal)
    stale = Objection.objects.visible_to(crew.ines).get(pk=objection.pk)
    withdrawn(crew, objection)
    with pytest.raises(NotPossible, match="settled already"):
        withdrawn(crew, stale)


def test_after_the_close_and_after_the_decision_nothing_is_settled(crew: Crew, proposal: Proposal) -> None:
    objection = crew.objected(proposal)
    with closed(proposal), pytest.raises(NotPossible, match="is closed"):
        withdrawn(crew, objection)
    crew.decided(proposal, Outcome.RETURNED)
    with pytest.raises(NotPossible, match="This round is over"):
        withdrawn(crew, objection)


def test_who_left_has_no_say(crew: Crew, proposal: Proposal) -> None:
    objection = crew.objected(proposal)
    social.leave(crew.ines, crew.community)
    with pytest.raises(NotAllowed):
        withdrawn(crew, objection)


def test_who_was_not_asked_settles_nothing(crew: Crew, proposal: Proposal, leaves: Callable[[Person], None]) -> None:
    objection, late = crew.objected(proposal), crew.story.member("Late")
    leaves(crew.ines)
    with clock.at(clock.now() + LATER), pytest.raises(NotAllowed):
        taken_up(late, objection)


def test_the_objection_of_who_left_is_taken_up_and_stops_the_round(
    crew: Crew, proposal: Proposal, leaves: Callable[[Person], None]
) -> None:
    objection = crew.objected(proposal)
    leaves(crew.ines)
    with clock.at(clock.now() + LATER):
        assert (tally_of(proposal).standing, tally_of(proposal).pending) == (0, 1)
        taken_up(crew.fay, objection)
        assert (tally_of(proposal).standing, tally_of(proposal).pending) == (1, 0)
    mine = proposal.objections.standing().get()
    assert (mine.raised_by, mine.harm, mine.taken_from) == (crew.fay, objection.harm, objection)
    assert hows(proposal) == {("Ines", "taken_up"), (crew.fay.name, "")}


def test_else_it_is_kept_as_dissent(crew: Crew, proposal: Proposal, leaves: Callable[[Person], None]) -> None:
    """Who left can neither be heard nor withdraw it: nobody is stopped by somebody who cannot speak."""
    crew.objected(proposal)
    for person in (crew.lea, crew.omar, crew.fay):
        crew.story.stand(person, proposal)
    leaves(crew.ines)
    crew.decided(proposal)
    assert hows(proposal) == {("Ines", "dissent")}
    act = crew.last("proposal.objection_resolved")
    assert act.evidence == {"how": "dissent", "number": None, "said_by": "rule"}
    assert proposal.objections.get().settled_by is None


@pytest.mark.breaks_ledger  # who is removed by a round, is so by an act
def test_the_objection_of_who_was_removed_stands_and_may_be_taken_up(
    crew: Crew, proposal: Proposal, removed: Callable[[Person], None]
) -> None:
    objection = crew.objected(proposal)
    removed(crew.ines)
    with clock.at(clock.now() + LATER):
        assert tally_of(proposal).standing == 1
        taken_up(crew.fay, objection)
        assert tally_of(proposal).standing == 1


def test_who_is_there_answers_for_their_own(crew: Crew, proposal: Proposal) -> None:
    objection = crew.objected(proposal)
    with pytest.raises(NotPossible, match="answers for it"):
        taken_up(crew.fay, objection)
    with pytest.raises(NotPossible, match="It is your own"):
        taken_up(crew.ines, objection)


def test_who_objects_already_takes_up_no_other(
    crew: Crew, proposal: Proposal, leaves: Callable[[Person], None]
) -> None:
    objection = crew.objected(proposal)
    crew.objected(proposal, by=crew.fay)
    leaves(crew.ines)
    with clock.at(clock.now() + LATER), pytest.raises(NotPossible, match="stands already"):
        taken_up(crew.fay, objection)


class TestRepeated:
    """In a second round, on a text changed to meet it, one person alone does not stop everybody for ever."""

    @pytest.fixture
    def again(self, crew: Crew, proposal: Proposal) -> Proposal:
        """Ines objected; Fay said that other limits meet it, Ines that they do not; it was returned, and rewritten."""
        objection = crew.objected(proposal)
        crew.amended(proposal, limits="Not near chlorine lines, ever.")
        acts.answer_objection(crew.fay, objection)
        acts.keep_objection(crew.ines, objection)
        proposal = read(proposal)
        crew.decided(proposal, Outcome.RETURNED)
        practice = crew.practice_of(proposal)
        with closed(proposal):
            crew.story.revise(crew.lea, practice, limits="Not near chlorine.")
            return crew.proposed(practice)

    def test_the_same_on_the_same_ground_is_kept_as_dissent(self, crew: Crew, again: Proposal) -> None:
        with clock.at(again.opened_at):
            assert crew.objected(again).repeated
            for person in (crew.lea, crew.omar, crew.fay):
                crew.story.stand(person, again)
        crew.decided(again)
        assert hows(again) == {("Ines", "dissent")}

    def test_it_stands_when_one_other_shares_it(self, crew: Crew, again: Proposal) -> None:
        with clock.at(again.opened_at):
            taken_up(crew.fay, crew.objected(again))
            crew.story.stand(crew.omar, again)
            crew.story.stand(crew.lea, again)
        with closed(again), pytest.raises(NotPossible, match="an objection stands"):
            crew.story.decide(crew.omar, again)

    @pytest.mark.parametrize(("meets", "repeated"), [(True, True), (False, False)], ids=["to meet it", "for itself"])
    def test_a_version_that_was_written_to_meet_it_is_a_change_to_meet_it(
        self, crew: Crew, proposal: Proposal, meets: bool, repeated: bool
    ) -> None:
        """Nobody needs to have said so in the round."""
        objection = crew.objected(proposal)
        crew.decided(proposal, Outcome.RETURNED)
        practice = crew.practice_of(proposal)
        with closed(proposal):
            crew.story.revise(crew.lea, practice, limits="Never near chlorine.", meets=objection.pk if meets else "")
            assert crew.objected(crew.proposed(practice)).repeated is repeated

    def test_one_that_changed_nothing_that_binds_is_none(self, crew: Crew, proposal: Proposal) -> None:
        objection = crew.objected(proposal)
        crew.decided(proposal, Outcome.RETURNED)
        practice = crew.practice_of(proposal)
        with closed(proposal):
            crew.story.revise(crew.lea, practice, why="For another reason.", meets=objection.pk)
            assert not crew.objected(crew.proposed(practice)).repeated

    def test_on_another_ground_it_is_another(self, crew: Crew, again: Proposal) -> None:
        with clock.at(again.opened_at):
            reason = {"reason": "It costs hours.", "ground": Ground.EFFORT}
            acts.take_stance(crew.ines, again, stance=Stand.OBJECT, **reason)
            assert tally_of(again).standing == 1

    def test_on_the_same_text_it_is_none(self, crew: Crew, proposal: Proposal) -> None:
        crew.objected(proposal)
        crew.decided(proposal, Outcome.RETURNED)
        with closed(proposal):
            same = crew.proposed(crew.practice_of(proposal))
            assert not crew.objected(same).repeated

    def test_what_was_withdrawn_was_not_said(self, crew: Crew, proposal: Proposal) -> None:
        withdrawn(crew, crew.objected(proposal))
        crew.decided(proposal, Outcome.RETURNED)
        with closed(proposal):
            practice = crew.practice_of(proposal)
            crew.story.revise(crew.lea, practice, limits="Not near chlorine.")
            assert not crew.objected(crew.proposed(practice)).repeated


class TestForSomebodyUnnamed:
    def objects(self, by: Person, proposal: Proposal, harm: str = "It hurts.") -> Objection:
        return acts.object_for_another(by, proposal, ground=Ground.UNFAIR, harm=harm)

    def test_it_is_the_facilitators_own_act_and_stops_the_round(self, crew: Crew, proposal: Proposal) -> None:
        objection = self.objects(crew.fay, proposal)
        assert (objection.raised_by, objection.for_another, tally_of(proposal).standing) == (crew.fay, True, 1)
        evidence = crew.last("proposal.objection_raised").evidence
        assert (evidence["for_another"], evidence["person"]) == (True, crew.fay.pk)

    def test_one_in_a_round_settled_or_not(self, crew: Crew, proposal: Proposal) -> None:
        withdrawn(crew, self.objects(crew.fay, proposal))
        with pytest.raises(NotPossible, match="one in a round"):
            self.objects(crew.fay, proposal)

    def test_where_the_facilitator_stands_is_theirs_alone(self, crew: Crew, proposal: Proposal) -> None:
        self.objects(crew.fay, proposal)
        crew.story.stand(crew.fay, proposal)
        assert (tally_of(proposal).standing, tally_of(proposal).consents) == (1, 1)
        crew.story.stand(crew.fay, proposal, Stand.OBJECT, "Unsafe near chlorine.")
        assert tally_of(proposal).standing == 2

    def test_with_words_in_time(self, crew: Crew, proposal: Proposal) -> None:
        for harm, words in ((" ", "needs its reason"), ("x" * (LONGEST_PART + 1), "more than 10000")):
            with pytest.raises(NotPossible, match=words):
                self.objects(crew.fay, proposal, harm)
        with closed(proposal), pytest.raises(NotPossible, match="is closed"):
            self.objects(crew.fay, proposal)

    def test_no_member_and_no_sponsor_does(self, crew: Crew, proposal: Proposal, nour: Person) -> None:
        crew.story.granted(nour, RoleKind.SPONSOR)
        for person in (crew.ines, nour):
            with pytest.raises(NotAllowed):
                self.objects(person, proposal)


@pytest.mark.parametrize("half", [{"settled_at": None}, {"how": ""}], ids=str)
def test_what_is_settled_is_settled_somehow(crew: Crew, proposal: Proposal, half: dict[str, Any]) -> None:
    objection = withdrawn(crew, crew.objected(proposal))
    with writing(), pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=objection.pk).everywhere("test").update(**half)


def test_the_database_holds_one_standing_objection_of_a_person(crew: Crew, proposal: Proposal) -> None:
    objection = crew.objected(proposal)
    objection.pk = "another"
    with writing(), pytest.raises(IntegrityError), transaction.atomic():
        objection.save(force_insert=True)


def test_who_was_asked_and_left_is_back(crew: Crew, proposal: Proposal, leaves: Callable[[Person], None]) -> None:
    objection = crew.objected(proposal)
    leaves(crew.ines)
    with clock.at(clock.now() + LATER):
        social.join(crew.ines, crew.community)
        assert tally_of(read(proposal)).standing == 1
        withdrawn(crew, objection)


def test_the_ledger_says_who_truly_spoke(crew: Crew, proposal: Proposal, leaves: Callable[[Person], None]) -> None:
    """Whoever takes up what somebody else raised holds it, and is not its raiser when they let it go."""
    objection = crew.objected(proposal)
    leaves(crew.ines)
    with clock.at(clock.now() + LATER):
        taken_up(crew.fay, objection)
        resolved = crew.last("proposal.objection_resolved").evidence
        assert (resolved["how"], resolved["said_by"]) == ("taken_up", "holder")
        withdrawn(crew, proposal.objections.standing().get())
        resolved = crew.last("proposal.objection_resolved").evidence
        assert (resolved["how"], resolved["said_by"]) == ("withdrawn", "holder")


def test_by_a_stance_too_the_holder_spoke(crew: Crew, proposal: Proposal, leaves: Callable[[Person], None]) -> None:
    objection = crew.objected(proposal)
    leaves(crew.ines)
    with clock.at(clock.now() + LATER):
        taken_up(crew.fay, objection)
        crew.story.stand(crew.fay, proposal)
    assert crew.last("proposal.objection_resolved").evidence["said_by"] == "holder"
