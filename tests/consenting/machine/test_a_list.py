"""Three practices are put in one list: people press, object, move one, take one back, leave; each round ends by its own
rule, whatever becomes of the others."""

import os
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test

from commonplace.consenting import acts, jobs
from commonplace.consenting.kinds import Ground, Kind, Outcome, Stand
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.objectifying import acts as practices
from tests.consenting.machine.heard import Against, Heard
from tests.consenting.machine.oracle import left, quorum, units_needed
from tests.consenting.machine.people import DAY, People, who
from tests.consenting.machine.test_through_the_acts import six
from tests.objectifying.conftest import Crew

__all__ = ["six"]
TIMES = int(os.environ.get("COMMONPLACE_TIMES", "1"))
CALM: dict[str, Any] = {"suppress_health_check": list(HealthCheck)}
which = st.integers(0, 2)
something_is_open = precondition(lambda self: self.listed)


class AList(People):
    """`listed`: by its practice, what is open of the list."""

    @initialize(name=who)
    def opened_together(self, name: str) -> None:
        rows = [self.crew.brought(title=f"Procedure {n}") for n in range(3)]
        for row in rows:
            for one in (self.crew.omar, self.crew.ines):
                practices.back(one, row)
        put = [(row, Proposal(matter=Kind.ACCEPTANCE, number=1, aim="Sleep")) for row in rows]
        with clock.at(self.moment):
            self.name = acts.open_list(self.people[name], self.crew.community, put=put).list
        self.listed = {one.subject_id: self._heard(name, one) for one in self._rows()}
        assert len({heard.closes_at for heard in self.listed.values()}) == 1

    def _rows(self) -> list[Proposal]:
        return list(Proposal.objects.filter(list=self.name).everywhere("test").order_by("subject_id"))

    def _heard(self, name: str, row: Proposal) -> Heard:
        asked = {one: self.roll.unit[one] for one in self.here() - self.roll.sponsors}
        return Heard(
            row=row, kind=Kind.ACCEPTANCE, asked=asked, quorum=quorum(asked, self.charter),
            units_needed=units_needed(asked), hidden=False, opener=name, writers={"lea"}, number=1,
            closes_at=row.closes_at,
        )  # fmt: skip

    def one(self, which: int) -> Heard:
        return list(self.listed.values())[which % len(self.listed)]

    @something_is_open
    @rule(name=who, out=st.sets(which, max_size=2))
    def presses_once(self, name: str, out: set[int]) -> None:
        """Of those taken out nothing is said."""
        ticked = [heard for n, heard in enumerate(self.listed.values()) if n not in out]
        by_row = {heard.row.pk: heard for heard in ticked}
        with self.attempt():
            done = acts.in_each(
                [heard.row for heard in ticked],
                lambda row: acts.take_stance(self.people[name], row, stance=Stand.CONSENT),
            )
            for row in done.done:
                self._noted(by_row[row.pk], name, Stand.CONSENT)

    @something_is_open
    @rule(name=who, which=which)
    def objects_to_one(self, name: str, which: int) -> None:
        heard = self.one(which)
        with self.attempt():
            reason = f"Because, {self.moment:%c}."
            typed = {"stance": Stand.OBJECT, "reason": reason, "ground": Ground.UNSAFE}
            acts.take_stance(self.people[name], heard.row, **typed)
            self._noted(heard, name, Stand.OBJECT)

    def _noted(self, heard: Heard, name: str, stance: Stand) -> None:
        assert name in heard.asked
        heard.voices[name] = (stance, heard.number)
        own = next((one for one in heard.unsettled.values() if one.person == name), None)
        if own:
            heard.settle(own, self.moment)
        if stance == Stand.OBJECT:
            new = heard.row.objections.get(raised_by=self.people[name], settled_at=None)
            heard.against[new.pk] = Against(name, heard.number)

    @something_is_open
    @rule(which=which)
    def one_is_moved(self, which: int) -> None:
        """To a text in which something that binds has changed; it closes later, and stays in the list."""
        heard = self.one(which)
        with self.attempt():
            practice = self.crew.practice_of(heard.row)
            version = self.crew.story.revise(self.crew.lea, practice, limits=f"Not before {self.moment:%c}.")
            moved = acts.amend(self.people[heard.opener], heard.row, number=version.number)
            heard.voices.clear()
            heard.number, heard.closes_at, heard.moves = moved.number, moved.closes_at, heard.moves + 1
            assert moved.list == self.name

    @something_is_open
    @rule(which=which)
    def one_is_taken_back(self, which: int) -> None:
        heard = self.one(which)
        with self.attempt():
            acts.withdraw(self.people[heard.opener], heard.row, reason="Another look.")
            self._is_over(heard, "withdrawn")

    @something_is_open
    @rule(silent=st.sets(who, max_size=1))
    def nearly_all_press(self, silent: set[str]) -> None:
        for name in sorted(set(self.people) - silent):
            self.presses_once(name, set())

    @rule()
    def the_worker_looks(self) -> None:
        with clock.at(self.moment):
            jobs.end_rounds()
            jobs.end_what_waits()

    @something_is_open
    @rule(days=st.sampled_from([15, 23]))
    def it_is_left_to_itself(self, days: int) -> None:
        self.moment += days * DAY
        self.the_worker_looks()

    @invariant()
    def each_ends_by_its_own_rule(self) -> None:
        for heard in list(getattr(self, "listed", {}).values()):
            row = self.now(heard)
            then = left(heard, self.roll, row.decided_at or self.moment)
            assert (row.list, row.eligible) == (self.name, len(heard.asked))
            if row.is_open:
                assert row.closes_at == heard.closes_at
                continue
            assert (row.outcome == Outcome.ACCEPTED) is then.met
            assert then.met or then.closed
            self._is_over(heard, row.outcome)

    def _is_over(self, heard: Heard, end: str) -> None:
        self.ends[end] += 1
        del self.listed[heard.row.subject_id]

    def all_end(self) -> None:
        self.the_worker_looks()
        self.each_ends_by_its_own_rule()
        assert not self.listed
        self.ends["mixed"] += len({row.outcome for row in self._rows()}) > 1


EVERY_END = {"accepted", "returned", "withdrawn", "mixed"}


def test_whatever_becomes_of_one_each_round_of_a_list_ends_by_its_own_rule(six: Crew) -> None:
    """What comes by chance may not come in one run."""
    many = settings(max_examples=12 * TIMES, stateful_step_count=30, **CALM)
    ends: Counter[str] = Counter()
    for _again in range(5):
        run_state_machine_as_test(lambda: AList(six, ends), settings=many)
        if ends.keys() >= EVERY_END:
            break
    assert ends.keys() >= EVERY_END, ends
