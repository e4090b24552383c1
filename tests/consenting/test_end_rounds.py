"""The worker ends rounds by their rule, whoever is away; one that cannot end stops no other."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonplace.communities import acts as social
from commonplace.communities.models import Person, RoleKind
from commonplace.consenting import acts, jobs
from commonplace.consenting.acts import deciding
from commonplace.consenting.kinds import Ground, How, Outcome
from commonplace.consenting.models import Proposal, RemedySeen
from commonplace.ledger import clock
from commonplace.ledger.jobs import enqueue, run_due
from commonplace.ledger.models import Act, Job
from tests.consenting.conftest import closed, read
from tests.objectifying.conftest import Crew
from tests.story import role_of


def ends(proposal: Proposal) -> list[Act]:
    return list(Act.objects.filter(verb="proposal.decided", object=proposal.pk).everywhere("test"))


def worked(proposal: Proposal, days: int = 0) -> tuple[str, str]:
    with closed(proposal, days):
        jobs.end_rounds()
    now = read(proposal)
    return now.outcome, now.reason


def test_at_the_close_it_is_accepted(crew: Crew, proposal: Proposal) -> None:
    crew.consented(proposal)
    jobs.end_rounds()
    assert read(proposal).is_open, "not before"
    assert worked(proposal) == ("accepted", "")
    [act] = ends(proposal)
    assert (act.actor, act.evidence["by_rule"], crew.status(crew.practice_of(proposal))) == ("", True, "accepted")
    assert read(proposal).decided_by is None


def test_not_met_it_waits_for_who_may_return_it_and_then_returns_by_itself(crew: Crew, proposal: Proposal) -> None:
    """Fay has no part in it, and is away."""
    assert worked(proposal) == ("", "")
    assert worked(proposal, days=6) == ("", "")
    assert worked(proposal, days=7) == ("returned", "")
    assert ends(proposal)[0].actor == ""


def test_at_once_where_no_facilitator_is_without_a_part(crew: Crew, proposal: Proposal) -> None:
    crew.objected(proposal, by=crew.fay)
    assert worked(proposal) == ("returned", "")


def test_at_once_where_the_facilitator_came_in_no_more(
    crew: Crew, proposal: Proposal, nour: Person, leaves: Callable[[Person], None]
) -> None:
    crew.objected(proposal, by=crew.fay)
    leaves(nour)
    assert worked(proposal) == ("returned", "")


def test_it_comes_again_by_itself(crew: Crew, proposal: Proposal) -> None:
    """Every few minutes, whoever presses nothing."""
    crew.consented(proposal)
    with closed(proposal):
        Job.objects.filter(name="rounds.end").delete()
        enqueue("rounds.end")
        run_due()
        assert read(proposal).outcome == "accepted"


def test_one_that_cannot_end_stops_no_other(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = crew.consented(crew.proposed()), crew.consented(crew.proposed())
    decide = deciding.decide

    def falls(actor: Any, proposal: Proposal, **how: Any) -> Any:
        if proposal.pk == first.pk:
            raise ZeroDivisionError
        return decide(actor, proposal, **how)

    monkeypatch.setattr(deciding, "decide", falls)
    assert worked(second) == ("accepted", "")
    assert read(first).is_open
    monkeypatch.undo()
    assert worked(first) == ("accepted", "")


def test_killed_between_close_and_decision_it_is_decided_once(crew: Crew, proposal: Proposal) -> None:
    """The job is done again from its beginning: what was decided is left alone."""
    crew.consented(proposal)
    for _ in range(3):
        worked(proposal)
    assert len(ends(proposal)) == 1


def test_decided_by_somebody_while_it_read_the_others_it_is_left_alone(
    crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal = crew.consented(crew.proposed())
    ending = jobs.end_by_the_rule

    def late(stale: Proposal) -> Any:
        crew.story.decide(crew.fay, stale)
        return ending(stale)

    monkeypatch.setattr(jobs, "end_by_the_rule", late)
    assert worked(proposal) == ("accepted", "")
    assert [act.actor for act in ends(proposal)] == [crew.fay.pk]


def test_killed_in_the_decision_nothing_is_half_done(
    crew: Crew, proposal: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew.consented(proposal)
    with monkeypatch.context() as broken:
        broken.setattr(deciding, "_decided", lambda *args: 1 / 0)
        assert worked(proposal) == ("", "")
    assert crew.status(crew.practice_of(proposal)) == "proposed"
    assert not crew.practice_of(proposal).agreements.exists()
    assert worked(proposal) == ("accepted", "")


class TestEarly:
    def test_it_is_done_in_the_process_of_who_spoke_last(
        self, crew: Crew, proposal: Proposal, nobody_works: None
    ) -> None:
        crew.consented(proposal)
        crew.story.stand(crew.fay, proposal)
        assert read(proposal).outcome == "accepted"
        assert ends(proposal)[0].actor == ""

    def test_who_leaves_is_not_waited_for(self, crew: Crew, nour: Person, leaves: Callable[[Person], None]) -> None:
        proposal = crew.consented(crew.proposed())
        crew.story.stand(nour, proposal)
        leaves(crew.fay)
        assert read(proposal).outcome == "accepted"

    def test_only_rounds_of_that_community(self, crew: Crew, proposal: Proposal) -> None:
        other = crew.story.found("valves", "Valves", by=crew.story.member("Vera"))
        hal = crew.story.member("Hal", of=other)
        practice = crew.story.distil(hal, crew.story.resolved(hal, crew.story.member("Hedy", of=other), of=other))
        assert practice.community == other
        crew.consented(proposal)
        act = crew.last("proposal.stance")
        jobs.end_early([act])
        assert read(proposal).is_open

    def test_a_round_that_fails_stops_no_other(self, crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
        first, second = crew.consented(crew.proposed()), crew.consented(crew.proposed())
        ending = jobs.end_by_the_rule

        def falls(proposal: Proposal) -> Any:
            if proposal.pk == first.pk:
                raise ZeroDivisionError
            return ending(proposal)

        monkeypatch.setattr(jobs, "end_by_the_rule", falls)
        social.set_bot(crew.story.operator, pass_on(crew), bot=True)
        assert (read(first).outcome, read(second).outcome) == ("", "accepted")

    def test_who_speaks_waits_for_no_other_round(self, crew: Crew, nobody_works: None) -> None:
        """However many are open: what they say is about one."""
        spoken, first, second = [], crew.proposed(), crew.proposed()
        for proposal in (first, second):
            with CaptureQueriesContext(connection) as read_now:
                crew.story.stand(crew.omar, proposal)
            spoken.append(len(read_now))
            for number in range(2):
                crew.proposed(crew.candidate(title=f"Another {number}"))
        assert spoken[0] == spoken[1]

    def test_the_last_objection_settled_ends_it(self, crew: Crew, nobody_works: None) -> None:
        proposal = crew.proposed()
        objection = acts.object_for_another(crew.fay, proposal, ground=Ground.UNSAFE, harm="It would hurt.")
        for person in (crew.lea, crew.omar, crew.ines, crew.fay):
            crew.story.stand(person, proposal)
        assert read(proposal).is_open
        acts.settle_objection(crew.fay, objection, how=How.WITHDRAWN)
        assert read(proposal).outcome == "accepted"


def test_who_waits_for_a_facilitator_is_not_counted_again_every_few_minutes(
    crew: Crew, proposal: Proposal, nour: Person, leaves: Callable[[Person], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seldom: as often as it takes until nobody is left who could return it."""
    looked: list[str] = []
    ending = jobs.end_by_the_rule
    monkeypatch.setattr(jobs, "end_by_the_rule", lambda one: (looked.append(one.pk), ending(one)))
    assert worked(proposal) == ("", "")
    assert worked(proposal, days=2) == ("", "")
    assert looked == [proposal.pk]
    crew.objected(proposal, by=crew.fay)
    with closed(proposal, 2):
        leaves(nour)
    with closed(proposal, 3):
        jobs.end_what_waits()
    assert read(proposal).outcome == "returned"


def test_a_round_held_open_for_an_answer_waits(crew: Crew, proposal: Proposal, nour: Person) -> None:
    objection = crew.objected(proposal)
    crew.amended(proposal, limits="Not near chlorine.")
    for person in (crew.lea, crew.omar, crew.fay):
        crew.story.stand(person, proposal)
    remedy = acts.answer_objection(crew.fay, objection)
    RemedySeen.objects.create(remedy=remedy, at=read(proposal).closes_at - timedelta(days=1))
    assert worked(proposal) == ("", "")
    assert worked(proposal, days=8) == ("", "")
    assert worked(proposal, days=9) == ("accepted", "")
    assert proposal.objections.get().how == "change"


def test_what_is_returned_by_itself_says_what_was_missing(crew: Crew, proposal: Proposal) -> None:
    worked(proposal, days=8)
    evidence = ends(proposal)[0].evidence
    assert (evidence["outcome"], evidence["consents"], evidence["by_rule"]) == (Outcome.RETURNED, 0, True)
    assert clock.now() < proposal.closes_at


def test_one_who_turns_out_to_be_a_program_is_not_waited_for(crew: Crew) -> None:
    proposal = crew.consented(crew.proposed())
    social.set_bot(crew.story.operator, pass_on(crew), bot=True)
    proposal.refresh_from_db()
    assert proposal.outcome == Outcome.ACCEPTED


def pass_on(crew: Crew) -> Person:
    """Fay, who has not spoken, without the role that keeps her from being a bot."""
    role = role_of(crew.fay, kind=RoleKind.FACILITATOR)
    social.hand_over_role(crew.fay, role, successor=crew.omar)
    return crew.fay
