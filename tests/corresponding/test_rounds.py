"""Who is asked, who spoke, who objected and whose text it is: each is told what becomes of a round, once, and why."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonplace.consenting import acts, jobs
from commonplace.consenting.kinds import How, Kind, Outcome, Stand
from commonplace.consenting.models import InLine, Objection, Proposal, Question, Stance
from commonplace.corresponding.following import mark
from commonplace.corresponding.models import Notice
from commonplace.corresponding.noting import note
from commonplace.corresponding.reminding import remind
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.ledger.models import Act
from commonplace.ledger.nobody import WORKER
from tests.consenting.test_list import brought, opened
from tests.consenting.test_people import recall, removal
from tests.corresponding.many import many
from tests.corresponding.noticed import forgotten, noticed, rows, words
from tests.objectifying.conftest import Crew

HARM = "Chlorine would be let out."


@pytest.fixture
def proposal(crew: Crew) -> Proposal:
    """Lea's, of Omar's knowledge; asked: Lea, Omar, Ines, Fay. What was told before is forgotten."""
    proposal = crew.proposed()
    forgotten()
    return proposal


@pytest.fixture
def objection(crew: Crew, proposal: Proposal) -> Objection:
    objection = crew.objected(proposal)
    forgotten()
    return objection


class TestOpened:
    def test_whoever_is_asked_is_told_at_once_and_who_opened_it_nothing(self, crew: Crew) -> None:
        crew.proposed()
        for person in (crew.omar, crew.ines, crew.fay):
            assert [(one.because, one.at_once) for one in rows(person, "round_opened")] == [("asked", True)]
        assert noticed(crew.lea, "round_opened") == []
        assert "Lea opened a round you are asked for your word" in words(crew.story, crew.ines)

    def test_a_list_is_told_once_and_leads_to_its_page(self, crew: Crew) -> None:
        listed = opened(crew, brought(crew, 3))
        names = ("round_opened", "list_opened")
        assert noticed(crew.ines, *names) == [("list_opened", "asked")]
        assert rows(crew.ines, *names)[0].thread == listed[0].list
        assert "3 practices that are in force Rounds opened together Lea opened several rounds together" in words(
            crew.story, crew.ines
        )
        crew.story.browser(crew.ines).get(listed[0].get_list_url())
        assert rows(crew.ines, *names)[0].put_away_at

    def test_whom_it_is_about_is_told_first_of_all(self, crew: Crew) -> None:
        recall(crew)
        removal(crew, crew.ines)
        for person in (crew.fay, crew.ines):
            one = rows(person, "round_opened")[-1 if person == crew.ines else 0]
            assert (one.because, one.at_once) == ("about_you", True)


class TestAmended:
    def test_who_spoke_is_told_of_which_version_and_who_objected_at_once(self, crew: Crew, proposal: Proposal) -> None:
        crew.story.stand(crew.omar, proposal)
        crew.objected(proposal)
        crew.amended(proposal, how="Bleed behind the check valve.")
        [one], [another] = (rows(person, "round_amended") for person in (crew.ines, crew.omar))
        assert (one.because, one.about, one.at_once) == ("objected", "1", True)
        assert (another.because, another.about, another.at_once) == ("asked_again", "1", True)
        assert "you objected to version 1" in words(crew.story, crew.ines)
        assert noticed(crew.lea, "round_amended") == []


class TestQuestions:
    def test_who_makes_the_text_hears_a_question_and_who_asked_the_answer_at_once(
        self, crew: Crew, proposal: Proposal
    ) -> None:
        question = acts.ask_about(crew.ines, proposal, question=Question(text="At night, too?"))
        assert noticed(crew.lea) == [("question_asked", "opened")]
        assert noticed(crew.fay) == []
        acts.answer_question(crew.lea, question, text="Yes.")
        assert [(one.because, one.at_once) for one in rows(crew.ines)] == [("asked", True)]


class TestObjections:
    def test_who_makes_the_text_and_who_facilitates_hear_it(self, crew: Crew, proposal: Proposal) -> None:
        crew.objected(proposal)
        assert noticed(crew.lea) == [("objection_raised", "opened")]
        assert noticed(crew.fay) == [("objection_raised", "facilitates")]
        assert noticed(crew.omar) == []

    def test_its_raiser_is_told_at_once_how_it_is_heard_and_the_hearer_whether_so(
        self, crew: Crew, objection: Objection
    ) -> None:
        acts.restate_objection(crew.omar, objection, heard_as=HARM)
        assert [(one.occasion, one.at_once) for one in rows(crew.ines)] == [("objection_restated", True)]
        objection.refresh_from_db()
        acts.confirm_understood(crew.ines, objection, seen=HARM)
        assert noticed(crew.omar) == [("objection_understood", "understands")]

    def test_its_raiser_is_told_at_once_that_somebody_says_it_is_met_and_they_its_answer(
        self, crew: Crew, objection: Objection
    ) -> None:
        crew.amended(objection.proposal, how="Bleed behind the check valve.")
        forgotten()
        objection = Objection.objects.everywhere("test").get(pk=objection.pk)
        acts.answer_objection(crew.fay, objection)
        [one] = rows(crew.ines)
        assert (one.occasion, one.because, one.at_once) == ("objection_answered", "yours", True)
        assert objection.get_absolute_url() in crew.story.browser(crew.ines).get("/notices/").content.decode()
        acts.keep_objection(crew.ines, objection)
        assert noticed(crew.fay) == [("objection_kept", "met")]

    def test_who_makes_the_text_hears_that_it_stands_no_more(self, crew: Crew, objection: Objection) -> None:
        acts.settle_objection(crew.ines, objection, how=How.WITHDRAWN)
        assert noticed(crew.lea) == [("objection_settled", "opened")]
        assert noticed(crew.ines) == []

    @pytest.mark.breaks_ledger
    def test_its_raiser_hears_that_somebody_took_it_up(self, crew: Crew, objection: Objection) -> None:
        with writing():
            Objection.objects.filter(pk=objection.pk).everywhere("test").update(repeated=True)
        acts.settle_objection(crew.fay, Objection.objects.everywhere("test").get(pk=objection.pk), how=How.TAKEN_UP)
        assert noticed(crew.ines) == [("objection_taken_up", "objected")]
        assert noticed(crew.lea) == [("objection_raised", "opened")]


def test_whose_stance_somebody_wrote_down_is_told_at_once(crew: Crew, proposal: Proposal) -> None:
    acts.take_stance(crew.fay, proposal, stance=Stand.CONSENT, person=crew.ines)
    assert [(one.occasion, one.at_once) for one in rows(crew.ines)] == [("stance_entered", True)]
    acts.take_stance(crew.ines, proposal, stance=Stand.CONSENT)
    assert [noticed(person) for person in (crew.lea, crew.omar, crew.fay)] == [[], [], []]


class TestDecided:
    def test_each_is_told_how_it_ended_and_how_they_have_part_in_it(self, crew: Crew, proposal: Proposal) -> None:
        crew.decided(crew.consented(proposal))
        assert noticed(crew.ines, "accepted") == [("accepted", Stand.CONSENT)]
        assert noticed(crew.lea, "accepted") == [("accepted", "opened")]
        assert noticed(crew.omar, "accepted") == [("accepted", "credited")]

    def test_nobody_has_to_be_there_when_the_rule_ends_it(self, crew: Crew, proposal: Proposal) -> None:
        crew.objected(proposal)
        forgotten()
        crew.decided(proposal, Outcome.NOT_ACCEPTED)
        assert noticed(crew.lea) == [("not_accepted", "opened")]
        assert noticed(crew.ines) == [("not_accepted", Stand.OBJECT)]

    def test_a_list_is_told_once_while_it_is_unread(self, crew: Crew) -> None:
        for one in opened(crew, brought(crew, 3)):
            crew.consented(one)
        forgotten()
        with clock.at(clock.now() + timedelta(days=90)):
            jobs.end_rounds()
        names = ("accepted", "list_decided", "returned")
        assert noticed(crew.ines, *names) == [("list_decided", Stand.CONSENT)]

    def test_who_spoke_hears_that_it_was_taken_back(self, crew: Crew, proposal: Proposal) -> None:
        crew.story.stand(crew.ines, proposal)
        acts.withdraw(crew.lea, proposal, reason="Too early.")
        assert noticed(crew.ines) == [("withdrawn", Stand.CONSENT)]
        assert noticed(crew.fay) == []


@pytest.mark.breaks_ledger
def test_whose_turn_came_in_vain_is_told_at_once(crew: Crew, proposal: Proposal) -> None:
    with writing():
        row = InLine.objects.create(
            community=crew.community, matter=Kind.RETIREMENT, subject_id=proposal.subject_id, number=1,
            title=proposal.title, proposed_by=crew.ines,
        )  # fmt: skip
    acts.step_out(WORKER, row, reason="It is over.")
    assert [(one.occasion, one.because, one.at_once) for one in rows(crew.ines)] == [("turn_lost", "proposed", True)]
    assert "you proposed it" in words(crew.story, crew.ines)


class TestClosesSoon:
    def reminded(self, proposal: Proposal, days: float) -> None:
        with clock.at(proposal.closes_at - timedelta(days=days)):
            remind()

    def test_who_has_not_spoken_is_told_once_three_days_before(self, crew: Crew, proposal: Proposal) -> None:
        crew.story.stand(crew.omar, proposal)
        self.reminded(proposal, days=4)
        assert noticed(crew.ines) == []
        for days in (2.9, 2.5, 1):
            self.reminded(proposal, days)
        assert [(one.occasion, one.at_once) for one in rows(crew.ines)] == [("round_closes", True)]
        assert noticed(crew.omar) == []
        assert "The round closes soon it waits for your word" in words(crew.story, crew.ines)

    def test_of_a_list_once(self, crew: Crew) -> None:
        listed = opened(crew, brought(crew, 3))
        forgotten()
        crew.story.stand(crew.ines, listed[0])
        for days in (2, 1):
            self.reminded(listed[0], days)
        assert noticed(crew.ines) == [("list_closes", "asked")]

    def test_who_has_muted_the_round_is_left_in_peace(self, crew: Crew, proposal: Proposal) -> None:
        assert mark(crew.ines, crew.community, "round", proposal.pk, "muted")
        self.reminded(proposal, days=2)
        assert (noticed(crew.ines), noticed(crew.omar)) == ([], [("round_closes", "asked")])

    @pytest.mark.breaks_ledger
    def test_what_opened_just_now_is_not_said_twice(self, crew: Crew, proposal: Proposal) -> None:
        with writing():
            Proposal.objects.filter(pk=proposal.pk).everywhere("test").update(closes_at=clock.now() + timedelta(days=2))
        remind()
        assert noticed(crew.ines) == []


@pytest.mark.breaks_ledger
@pytest.mark.parametrize("verb", ["proposal.opened", "proposal.decided", "proposal.amended"])
def test_however_many_it_concerns_it_is_asked_in_as_many_statements(crew: Crew, verb: str) -> None:
    counted = [_statements(crew, verb, people) for people in (50, 500)]
    assert counted[0] == counted[1] <= 12


def _statements(crew: Crew, verb: str, people: int) -> int:
    """Of a job, but for the pieces of its insertion."""
    act = _big(crew, verb, people)
    Notice.objects.everywhere("test").delete()
    with CaptureQueriesContext(connection) as asked, writing():
        note([act])
    assert Notice.objects.everywhere("test").count() >= people
    return sum("INSERT" not in one["sql"] for one in asked)


def _big(crew: Crew, verb: str, people: int) -> Act:
    """A round that asks so many more, each of whom has spoken."""
    crowd = many(crew.community, people)
    practice = crew.candidate(title=f"Asked of {people}")
    proposal = crew.proposed(practice)
    with writing():
        Stance.objects.bulk_create(
            Stance(proposal=proposal, person=one, number=1, stance=Stand.CONSENT) for one in crowd
        )
    if verb == "proposal.amended":
        crew.amended(proposal, how=f"Bleed behind the valve {people}.")
    if verb == "proposal.decided":
        acts.withdraw(crew.lea, proposal, reason="Early.")
        verb = "proposal.withdrawn"
    return crew.last(verb)
