"""T8, T8': the rule decides, not a person; silence never accepts; nobody's absence is a veto; dissent is kept."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from commonplace.communities import acts as social
from commonplace.communities.models import Person, RoleKind
from commonplace.consenting import acts, jobs
from commonplace.consenting.counting import tally_of
from commonplace.consenting.kinds import How, Outcome, Stand
from commonplace.consenting.lengths import LONGEST_PART
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.locking import subject_of
from commonplace.ledger.nobody import WORKER
from commonplace.objectifying.models import Agreement, Practice
from commonplace.objectifying.status import Settled
from tests.consenting.conftest import closed, read
from tests.objectifying.conftest import Crew
from tests.story import role_of

REFUSALS = (Outcome.RETURNED, Outcome.NOT_ACCEPTED)


def returned(by: Any, proposal: Proposal, reason: str = "Not yet.") -> Proposal:
    return acts.decide(by, proposal, outcome=Outcome.RETURNED, reason=reason)


def test_accepted_by_consent_it_is_held_with_its_dissent(crew: Crew, proposal: Proposal) -> None:
    crew.story.stand(crew.lea, proposal)
    crew.story.stand(crew.omar, proposal)
    crew.story.stand(crew.ines, proposal, Stand.CONCERN, "Two people needed.")
    crew.decided(proposal)
    assert crew.status(crew.practice_of(proposal)) == "accepted"
    agreement = Agreement.objects.visible_to(crew.lea).in_force().get()
    assert (agreement.version.number, agreement.review_on) == (1, proposal.review_on)
    assert [stance.reason for stance in agreement.proposal.stances.current() if stance.reason] == ["Two people needed."]


def test_the_ledger_says_how_it_came_about(crew: Crew, proposal: Proposal) -> None:
    objection = crew.objected(proposal)
    crew.amended(proposal, limits="Not near chlorine.")
    crew.met(objection)
    crew.story.stand(crew.ines, proposal)
    crew.story.stand(crew.omar, proposal)
    crew.story.stand(crew.lea, proposal, Stand.CONCERN, "Two people needed.")
    crew.story.stand(crew.fay, proposal, Stand.ASIDE)
    with clock.at(read(proposal).closes_at):
        jobs.end_rounds()
    act = crew.last("proposal.decided")
    assert (act.object, act.subject) == (proposal.pk, proposal.subject_id)
    assert act.evidence == {
        "matter": "acceptance",
        "number": 2,
        "outcome": "accepted",
        "by_rule": True,
        "consents": 3,
        "others_consent": 2,
        "eligible": 4,
        "gone": 0,
        "spoken": 4,
        "concerns": 1,
        "objections": 1,
        "integrated": 1,
        "standing": 0,
        "units": 2,
        "consent_units": sorted({crew.lea.unit_id, crew.omar.unit_id}),
        "days_open": 14,
    }
    assert (act.actor, crew.status(crew.practice_of(proposal))) == ("", "accepted"), "at the close, by the rule"


def test_whoever_was_asked_may_record_what_the_rule_says_and_decides_nothing_by_that(
    crew: Crew, proposal: Proposal
) -> None:
    """The author too: there is one outcome, and nobody chose it."""
    crew.decided(crew.consented(proposal), by=crew.lea)
    assert (read(proposal).outcome, read(proposal).decided_by) == ("accepted", None)
    assert crew.last("proposal.decided").evidence["by_rule"] is True


def test_who_was_not_asked_records_nothing(crew: Crew, proposal: Proposal) -> None:
    crew.consented(proposal)
    for person in (crew.story.member("Late"), crew.story.person("Stranger"), crew.story.serving("S", "sponsor")):
        with closed(proposal), pytest.raises(NotAllowed):
            acts.decide(person, proposal, outcome=Outcome.ACCEPTED)


class TestAcceptance:
    def refused(self, crew: Crew, proposal: Proposal, words: str) -> None:
        with closed(proposal), pytest.raises(NotPossible, match=words):
            crew.story.decide(crew.fay, proposal)

    def test_silence_accepts_nothing(self, crew: Crew, proposal: Proposal) -> None:
        self.refused(crew, proposal, "too few consent")
        crew.story.stand(crew.lea, proposal)
        crew.story.stand(crew.omar, proposal)
        crew.story.stand(crew.ines, proposal, Stand.ASIDE)
        self.refused(crew, proposal, "too few consent")

    def test_no_acceptance_while_an_objection_stands(self, crew: Crew, proposal: Proposal) -> None:
        crew.consented(proposal)
        crew.objected(proposal, by=crew.fay)
        self.refused(crew, proposal, "an objection stands")

    def test_who_made_the_text_does_not_agree_on_it_among_themselves(self, crew: Crew) -> None:
        """A quorum that a facilitator lowered is not met by those whose words they are."""
        crew.story.rule(quorum=2)
        practice = crew.candidate()
        crew.story.revise(crew.omar, practice, how="Slowly.")
        proposal = crew.proposed(practice)
        crew.story.stand(crew.lea, proposal)
        crew.story.stand(crew.omar, proposal)
        self.refused(crew, proposal, "nobody consents who neither wrote it nor opened the round")
        crew.story.stand(crew.ines, proposal)
        crew.decided(proposal)

    def test_a_friends_full_stop_makes_no_other_author(self, crew: Crew) -> None:
        """Omar rewrote all of it, Ines added a full stop: Omar's consent is still his own."""
        crew.story.rule(quorum=2)
        practice = crew.candidate()
        crew.story.revise(crew.omar, practice, context="A.", how="B.", why="C.", limits="D")
        crew.story.revise(crew.ines, practice, limits="D.")
        proposal = crew.story.propose(crew.ines, practice)
        for person in (crew.lea, crew.omar, crew.ines):
            crew.story.stand(person, proposal)
        assert tally_of(proposal).others_consent == 0

    def test_where_all_of_them_made_it_all_consent(self, crew: Crew, proposal: Proposal) -> None:
        practice = crew.practice_of(proposal)
        acts.withdraw(crew.lea, proposal, reason="Anew.")
        for person, how in ((crew.omar, "So."), (crew.ines, "And so."), (crew.fay, "And thus.")):
            crew.story.revise(person, practice, how=how)
        proposal = crew.consented(crew.proposed(practice))
        self.refused(crew, proposal, "nobody consents who neither")
        crew.story.stand(crew.fay, proposal)
        assert read(proposal).outcome == "accepted"

    def test_of_two_both_consent(self, crew: Crew, proposal: Proposal) -> None:
        practice = crew.practice_of(proposal)
        acts.withdraw(crew.lea, proposal, reason="Anew.")
        for person in (crew.omar, crew.ines):
            social.leave(person, crew.community)
        proposal = crew.proposed(practice)
        crew.story.stand(crew.fay, proposal)
        self.refused(crew, proposal, "too few consent")
        crew.story.stand(crew.lea, proposal)
        assert read(proposal).outcome == "accepted"

    def test_consent_from_one_unit_alone_is_not_enough(self, crew: Crew) -> None:
        north = [crew.story.member(name, unit="North") for name in ("Nia", "Ned")]
        south = [crew.story.member(name, unit="South") for name in ("Sue", "Sol")]
        proposal = crew.proposed()
        for person in (crew.lea, crew.ines, *north):
            crew.story.stand(person, proposal)
        self.refused(crew, proposal, "too few units")
        crew.story.stand(south[0], proposal)
        assert crew.decided(proposal).outcome == "accepted"

    def test_nobody_is_of_two_units_by_changing_theirs(self, crew: Crew) -> None:
        for name, unit in (("Nia", "North"), ("Ned", "North"), ("Sue", "South"), ("Sol", "South")):
            crew.story.member(name, unit=unit)
        proposal = crew.proposed()
        for person in (crew.lea, crew.ines):
            crew.story.stand(person, proposal)
        social.edit_profile(crew.ines, crew.ines, unit=crew.omar.unit)
        crew.ines.refresh_from_db()
        crew.story.stand(crew.ines, proposal, Stand.CONCERN, "From the South, now.")
        crew.story.stand(crew.fay, proposal)
        self.refused(crew, proposal, "too few units")
        assert tally_of(proposal).units == (crew.lea.unit_id,)

    def test_in_a_retired_practice_nothing_is_accepted(self, crew: Crew) -> None:
        practice = crew.accepted()
        crew.story.revise(crew.lea, practice, how="Otherwise.")
        settlement = crew.settlement(Settled.RETIRED, crew.challenged(practice))
        proposal = crew.consented(crew.proposed(practice))
        crew.decided(crew.consented(settlement))
        assert crew.status(practice) == "retired"
        self.refused(crew, proposal, "has changed meanwhile")
        assert crew.decided(proposal, Outcome.RETURNED).outcome == "returned"


class TestBeforeTheClose:
    def test_it_is_open(self, crew: Crew, proposal: Proposal) -> None:
        crew.consented(proposal)
        for outcome in (Outcome.ACCEPTED, *REFUSALS):
            with pytest.raises(NotPossible, match="The round is open"):
                acts.decide(crew.fay, proposal, outcome=outcome, reason="So.")

    def test_nobody_returns_it_on_its_first_day(self, crew: Crew, proposal: Proposal) -> None:
        with pytest.raises(NotPossible, match="The round is open"):
            returned(crew.fay, proposal)

    def test_it_ends_when_all_have_spoken(self, crew: Crew, proposal: Proposal) -> None:
        crew.consented(proposal)
        assert read(proposal).is_open
        crew.story.stand(crew.fay, proposal, Stand.ASIDE)
        assert (read(proposal).outcome, read(proposal).decided_by) == ("accepted", None)

    def test_or_when_the_last_objection_is_withdrawn(self, crew: Crew, proposal: Proposal) -> None:
        crew.consented(proposal)
        objection = crew.objected(proposal, by=crew.fay)
        assert read(proposal).is_open
        acts.settle_objection(crew.fay, objection, how=How.WITHDRAWN)
        assert read(proposal).outcome == "accepted"

    def test_all_have_spoken_and_the_rule_is_not_met_it_waits_for_the_close(
        self, crew: Crew, proposal: Proposal
    ) -> None:
        """Somebody may still say otherwise."""
        for person in (crew.lea, crew.omar, crew.ines, crew.fay):
            crew.story.stand(person, proposal, Stand.ASIDE)
        assert read(proposal).is_open

    def test_all_are_all_of_those_who_were_asked(self, crew: Crew) -> None:
        """Whoever may speak and has not is waited for, whichever role they were given meanwhile."""
        proposal = crew.consented(crew.proposed())
        crew.story.granted(crew.omar, RoleKind.SPONSOR)
        assert tally_of(proposal).eligible == 4
        with pytest.raises(NotPossible, match="The round is open"):
            crew.story.decide(crew.ines, proposal)

    def test_who_left_by_themselves_is_not_waited_for(
        self, crew: Crew, nour: Person, leaves: Callable[[Person], None]
    ) -> None:
        proposal = crew.consented(crew.proposed())
        crew.story.stand(nour, proposal)
        assert read(proposal).is_open
        leaves(crew.fay)
        assert read(proposal).outcome == "accepted"

    def test_an_objection_is_waited_for(self, crew: Crew, proposal: Proposal) -> None:
        crew.consented(proposal)
        crew.objected(proposal, by=crew.fay)
        with pytest.raises(NotPossible, match="The round is open"):
            crew.story.decide(crew.omar, proposal)

    def test_what_is_entered_for_the_last_one_ends_nothing(self, crew: Crew, proposal: Proposal) -> None:
        crew.consented(proposal)
        acts.take_stance(crew.lea, proposal, stance=Stand.CONSENT, person=crew.fay)
        with pytest.raises(NotPossible, match="The round is open"):
            crew.story.decide(crew.omar, proposal)

    def test_hidden_stances_wait_for_the_close(self, crew: Crew) -> None:
        """Who speaks last would end it, knowing how: nobody learns by that where the others stand."""
        crew.story.rule(hidden_stances=True)
        proposal = crew.consented(crew.proposed())
        crew.story.stand(crew.fay, proposal)
        with pytest.raises(NotPossible, match="The round is open"):
            crew.story.decide(crew.omar, proposal)
        assert crew.decided(proposal).outcome == "accepted"


class TestReturned:
    def test_when_the_rule_is_met_no_facilitator_decides_otherwise(self, crew: Crew, proposal: Proposal) -> None:
        crew.consented(proposal)
        for outcome in REFUSALS:
            with closed(proposal), pytest.raises(NotPossible, match="leaves one end"):
                acts.decide(crew.fay, proposal, outcome=outcome, reason="I do not like it.")

    def test_by_a_facilitator_who_is_named_with_a_reason(self, crew: Crew, proposal: Proposal) -> None:
        with closed(proposal):
            for reason, words in ((" ", "Say why"), ("x" * (LONGEST_PART + 1), "more than 10000")):
                with pytest.raises(NotPossible, match=words):
                    returned(crew.fay, proposal, reason)
            over = returned(crew.fay, proposal)
        assert (over.outcome, over.decided_by, over.reason) == ("returned", crew.fay, "Not yet.")
        assert crew.last("proposal.decided").evidence["by_rule"] is False

    def test_not_accepted_only_where_an_objection_stands(self, crew: Crew, proposal: Proposal) -> None:
        with closed(proposal), pytest.raises(NotPossible, match="It is returned: too few consent"):
            acts.decide(crew.fay, proposal, outcome=Outcome.NOT_ACCEPTED, reason="No.")
        crew.objected(proposal)
        crew.decided(proposal, Outcome.NOT_ACCEPTED)
        evidence = crew.last("proposal.decided").evidence
        assert (evidence["outcome"], evidence["objections"], evidence["standing"]) == ("not_accepted", 1, 1)

    def test_who_has_a_part_in_it_returns_nothing(self, crew: Crew, proposal: Proposal) -> None:
        """Who wrote it, is credited, opened the round."""
        for party in (crew.lea, crew.omar, crew.ines):
            social.grant_role(crew.fay, crew.community, person=party, kind=RoleKind.FACILITATOR)
        for party in (crew.lea, crew.omar):
            with closed(proposal), pytest.raises(NotPossible, match="who has no part in it"):
                returned(party, proposal)
        with closed(proposal):
            assert returned(crew.ines, proposal)

    def test_nobody_ends_a_round_on_their_own_objection(self, crew: Crew, proposal: Proposal, nour: Person) -> None:
        crew.objected(proposal, by=crew.fay)
        for outcome in REFUSALS:
            with closed(proposal), pytest.raises(NotPossible, match="who has no part in it"):
                acts.decide(crew.fay, proposal, outcome=outcome, reason="My objection stands.")

    def test_nor_on_one_that_they_took_back(self, crew: Crew, proposal: Proposal, nour: Person) -> None:
        acts.settle_objection(crew.fay, crew.objected(proposal, by=crew.fay), how=How.WITHDRAWN)
        with closed(proposal), pytest.raises(NotPossible, match="who has no part in it"):
            returned(crew.fay, proposal)

    def test_who_wrote_it_all_and_let_a_friend_add_a_full_stop_has_a_part(self, crew: Crew, nour: Person) -> None:
        practice = crew.candidate()
        crew.story.revise(nour, practice, context="A.", how="B.", why="C.", limits="D")
        crew.story.revise(crew.lea, practice, limits="D.")
        proposal = crew.proposed(practice)
        with closed(proposal), pytest.raises(NotPossible, match="who has no part in it"):
            returned(nour, proposal)

    def test_who_wrote_it_down_and_credits_another_has_a_part(self, crew: Crew) -> None:
        practice = crew.story.distil(crew.fay, crew.story.resolved(crew.lea, crew.omar), authors=[crew.omar])
        crew.used(practice, by=crew.ines)
        crew.story.serving("Nour", RoleKind.FACILITATOR)
        proposal = crew.proposed(practice)
        with closed(proposal), pytest.raises(NotPossible, match="who has no part in it"):
            returned(crew.fay, proposal)

    def test_no_member_does_and_no_sponsor(self, crew: Crew, nour: Person) -> None:
        proposal = crew.proposed()
        crew.story.granted(nour, RoleKind.SPONSOR)
        for person in (crew.ines, nour):
            with closed(proposal), pytest.raises(NotPossible, match="who has no part in it"):
                returned(person, proposal)

    def test_whose_role_ended_does_not(self, crew: Crew, nour: Person) -> None:
        proposal = crew.proposed()
        social.end_role(nour, role_of(nour, kind=RoleKind.FACILITATOR))
        with closed(proposal), pytest.raises(NotPossible, match="who has no part in it"):
            returned(nour, proposal)

    def test_by_itself_after_some_days(self, crew: Crew, proposal: Proposal) -> None:
        """The only facilitator without a part is away: the round does not wait for ever."""
        with closed(proposal, days=6), pytest.raises(NotPossible):
            returned(WORKER, proposal)
        with closed(proposal, days=7):
            over = returned(WORKER, proposal, "")
        assert (over.outcome, over.decided_by) == ("returned", None)
        assert crew.last("proposal.decided").actor == ""

    def test_at_once_where_nobody_could_return_it(self, crew: Crew, proposal: Proposal) -> None:
        crew.objected(proposal, by=crew.fay)
        with closed(proposal):
            assert returned(crew.ines, proposal, "").decided_by is None

    def test_nobody_says_by_the_rule_that_it_is_not_accepted(self, crew: Crew, proposal: Proposal) -> None:
        crew.objected(proposal, by=crew.fay)
        with closed(proposal, days=8), pytest.raises(NotPossible):
            acts.decide(crew.ines, proposal, outcome=Outcome.NOT_ACCEPTED, reason="No.")

    def test_a_refused_revision_leaves_the_agreement_in_force(self, crew: Crew) -> None:
        practice = crew.accepted()
        crew.story.revise(crew.lea, practice, how="Bleed slowly.")
        crew.refused(practice)
        assert crew.status(practice) == "accepted"


def test_not_accepted_stays_findable_and_a_new_version_is_a_candidate_again(crew: Crew) -> None:
    practice = crew.refused()
    with pytest.raises(NotPossible, match="Write a new version first"):
        crew.proposed(practice)
    crew.story.revise(crew.ines, practice, how="Otherwise.")
    assert crew.status(practice) == "candidate"
    crew.accepted(practice)
    assert crew.status(practice) == "accepted"


def test_what_is_agreed_holds_until_a_newer_version_is(crew: Crew) -> None:
    practice = crew.accepted()
    crew.story.revise(crew.lea, practice, how="Bleed slowly.")
    proposal = crew.proposed(practice)
    assert crew.status(practice) == "accepted"
    assert Practice.objects.visible_to(crew.lea).held().get() == practice
    crew.decided(crew.consented(proposal))
    numbers = practice.agreements.order_by("version__number").values_list("version__number", "ended_at")
    assert [(number, ended is None) for number, ended in numbers] == [(1, False), (2, True)]


def test_everything_in_a_round_waits_for_the_practices_lock(crew: Crew, proposal: Proposal) -> None:
    practice, objection = crew.practice_of(proposal), crew.objected(proposal)
    question = acts.ask_about(crew.ines, proposal, question=proposal.questions.model(text="Which?"))
    answer = acts.answer_question(crew.lea, question, text="This.")
    crew.amended(proposal, limits="Not near chlorine.")
    remedy = acts.answer_objection(crew.fay, objection)
    stance = crew.story.stand(crew.ines, proposal)
    rows = (proposal, stance, objection, question, answer, remedy, proposal.wordings.all()[0])
    for row in (*rows, proposal.parties.all()[0], proposal.asked.all()[0]):
        assert subject_of(row) == practice


def test_decided_is_decided_whatever_a_stale_page_shows(crew: Crew, proposal: Proposal) -> None:
    stale = read(crew.consented(proposal))
    crew.decided(proposal)
    with closed(proposal), pytest.raises(NotPossible, match="This round is over"):
        acts.decide(crew.fay, stale, outcome=Outcome.ACCEPTED)


@pytest.mark.parametrize("half", [{"decided_at": None}, {"outcome": ""}], ids=str)
def test_a_round_is_decided_whole_or_not_at_all(crew: Crew, proposal: Proposal, half: dict[str, Any]) -> None:
    crew.decided(crew.consented(proposal))
    with writing(), pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).everywhere("test").update(**half)


def test_an_objection_counts_once_whoever_took_it_up(
    crew: Crew, proposal: Proposal, nour: Person, leaves: Callable[[Person], None]
) -> None:
    objection = crew.objected(proposal)
    leaves(crew.ines)
    with clock.at(clock.now() + timedelta(hours=2)):
        acts.settle_objection(crew.fay, objection, how=How.TAKEN_UP)
    crew.decided(proposal, Outcome.RETURNED, by=nour)
    assert crew.last("proposal.decided").evidence["objections"] == 1


def test_an_objection_said_anew_is_one(crew: Crew, proposal: Proposal, nour: Person) -> None:
    crew.objected(proposal)
    crew.story.stand(crew.ines, proposal, Stand.OBJECT, "Unsafe near chlorine, and near acids.")
    crew.decided(proposal, Outcome.RETURNED, by=nour)
    assert crew.last("proposal.decided").evidence["objections"] == 1
