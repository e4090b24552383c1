"""The procedure cannot be bent: people join, leave, are removed, serve, speak, write, change the rule, wait; nothing
ends but by the rule that held when the round opened."""

import os
from collections import Counter
from datetime import datetime

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from commonplace.communities import acts as social
from commonplace.communities.models import RoleKind
from commonplace.consenting.acts.deciding import by_the_rule
from commonplace.consenting.kinds import Kind, LineEnd, Outcome
from commonplace.consenting.models import InLine, Proposal
from commonplace.ledger import clock
from commonplace.ledger.models import Act
from tests.consenting.machine.beside import Beside
from tests.consenting.machine.heard import Heard
from tests.consenting.machine.oracle import Left, left
from tests.consenting.machine.people import DAY, UNIT
from tests.objectifying.conftest import Crew

TIMES = int(os.environ.get("COMMONPLACE_TIMES", "1"))  # a nightly run takes many times the steps
CALM = {"suppress_health_check": list(HealthCheck)}
DECIDE = 7 * DAY
KINDS = (Kind.CHARTER, Kind.REMOVAL, Kind.ACCEPTANCE)


class ThroughTheActs(Beside):
    @invariant()
    def a_round_ends_as_the_rule_says_and_in_no_other_way(self) -> None:
        rows = [(heard, self.now(heard)) for heard in self.open.values()]
        for heard, row in rows:
            if row.is_open:
                self._what_was_fixed_stays(heard, row)
                self._nobodys_absence_is_a_veto(heard, row)
        over = {row.pk: (heard, row) for heard, row in rows if not row.is_open}
        acts = Act.objects.filter(verb="proposal.decided", object__in=over).everywhere("test") if over else []
        for act in sorted(acts, key=lambda act: act.pk):
            self._ended(*over[act.object], act)
        for heard, row in sorted(over.values(), key=lambda each: each[0].kind == Kind.ACCEPTANCE):
            self.is_over(heard, row.outcome if row.decided_at >= heard.ends_at else "early")

    def all_end(self) -> None:
        before = {heard.row for heard in self.open.values()}
        self.the_worker_looks()
        self.a_round_ends_as_the_rule_says_and_in_no_other_way()
        assert not before & {heard.row for heard in self.open.values()}

    def _what_was_fixed_stays(self, heard: Heard, row: Proposal) -> None:
        """Whoever joins, changes their unit, is given a role; whatever the rule of the community is by now."""
        asked = {self.names[person]: unit for person, unit in row.asked.values_list("person", "unit")}
        assert asked == {name: self.units[unit].pk if unit else "" for name, unit in heard.asked.items()}
        fixed = (row.quorum, row.units_needed, row.hidden, row.closes_at)
        assert fixed == (heard.quorum, heard.units_needed, heard.hidden, heard.closes_at)

    def _nobodys_absence_is_a_veto(self, heard: Heard, row: Proposal) -> None:
        """What the rule leaves is what the worker does: a week after the close nothing is left open."""
        now = left(heard, self.roll, self.moment)
        if not self._something_was_done(heard, now):
            return
        with clock.at(self.moment):
            by_rule = by_the_rule(row)
        assert (by_rule == Outcome.ACCEPTED) is now.met
        if now.closed and not now.met and self.moment >= heard.ends_at + DECIDE:
            assert by_rule == Outcome.RETURNED

    def _something_was_done(self, heard: Heard, now: Left) -> bool:
        """Or a day has passed: most of what is tried is refused, and looking costs more than all else."""
        elsewhere = {"subject": self.crew.community.pk, "verb__startswith": "proposal."}
        if heard.kind != Kind.ACCEPTANCE:
            elsewhere = {"subject": self.practice.pk}
        done = Act.objects.exclude(**elsewhere).everywhere("test").count()
        answers = [one.said_met for one in heard.unsettled.values()]
        before, heard.looked_at = heard.looked_at, (done, self.moment.date(), now, answers)
        return before != heard.looked_at

    def _ended(self, heard: Heard, row: Proposal, act: Act) -> None:
        then = left(heard, self.roll, act.happened_at)
        assert (row.outcome == Outcome.ACCEPTED) is then.met, "accepted when the rule is met, and only then"
        assert then.met or then.closed, "nobody returns what is open"
        assert act.evidence["by_rule"] is (row.decided_by is None)
        self._by_whom(heard, row, then)
        self._follows(heard, row.outcome == Outcome.ACCEPTED, act.happened_at)

    def _by_whom(self, heard: Heard, row: Proposal, then: Left) -> None:
        if row.outcome == Outcome.ACCEPTED:
            assert row.decided_by is None
        elif row.decided_by:
            objected = {one.person for one in heard.against.values()}
            no_part = self.here() - heard.made_it - heard.credited - objected - {heard.concerned} - self.roll.sponsors
            assert self.names[row.decided_by.pk] in no_part
        assert row.outcome != Outcome.NOT_ACCEPTED or (row.decided_by and then.stands)

    def _follows(self, heard: Heard, accepted: bool, at: datetime) -> None:
        if heard.kind == Kind.ACCEPTANCE:
            stood = {} if accepted else heard.unsettled
            met_once = {one.person for one in heard.against.values() if one.answered}
            self.before = {one.person: one.raised_on for one in stood.values() if one.person in met_once}
        elif accepted and heard.changes:
            self.charter = heard.changes
        elif accepted:
            self.removed(heard.concerned, at)

    @invariant()
    def one_waits_per_person_and_each_in_its_turn(self) -> None:
        rows = list(InLine.objects.everywhere("test").order_by("lined_up_at"))
        waiting = [row for row in rows if row.ended_at is None]
        assert len({row.proposed_by_id for row in waiting}) == len(waiting)
        turns = [row.ended_at for row in rows if row.ended_at and row.end != LineEnd.TAKEN_BACK]
        assert turns == sorted(turns)
        assert not waiting or Kind.ACCEPTANCE in self.open, "who waits waits for a round"
        first = waiting[0].lined_up_at if waiting else None
        assert all(row.lined_up_at < first for row in rows if first and row.end in (LineEnd.OPENED, LineEnd.LOST))


@pytest.fixture
def six(crew: Crew) -> Crew:
    crew.nour = crew.story.serving("Nour", RoleKind.FACILITATOR)  # type: ignore[attr-defined]
    crew.kim = crew.story.member("Kim")  # type: ignore[attr-defined]
    for name, unit in UNIT.items():
        person = getattr(crew, name)
        social.edit_profile(person, person, unit=crew.story.unit(unit))
    return crew


def test_whatever_people_do_a_round_ends_by_its_rule(six: Crew) -> None:
    many = settings(max_examples=32 * TIMES, stateful_step_count=50, **CALM)  # type: ignore[arg-type]
    ends: Counter[str] = Counter()
    run_state_machine_as_test(lambda: ThroughTheActs(six, ends), settings=many)
    assert all(ends[f"{kind} accepted"] + ends[f"{kind} early"] for kind in KINDS), ends
    assert ends.keys() >= {"acceptance returned", "opened in its turn"}, ends
