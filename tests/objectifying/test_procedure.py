"""The procedure cannot be bent: random people do random things, on the pure table (many steps) and through the acts."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from commonplace.communities.models import RoleKind
from commonplace.ledger import clock
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.models import Act
from commonplace.objectifying import acts
from commonplace.objectifying.consent import COUNTING, Stand, Tally, decidable
from commonplace.objectifying.models import How
from commonplace.objectifying.moves import MOVES, leads_to, refusal
from commonplace.objectifying.status import SETTLEMENTS, Kind, Outcome, State, Status, after
from tests.objectifying.conftest import Crew

PEOPLE, QUORUM = range(6), 3
TIMES = int(os.environ.get("COMMONPLACE_TIMES", "1"))  # a nightly run takes many times the steps
DECISIONS = (Outcome.ACCEPTED, Outcome.RETURNED, Outcome.NOT_ACCEPTED)
CALM = {"deadline": None, "suppress_health_check": list(HealthCheck)}


class OnTheTable(RuleBasedStateMachine):
    """One practice and its open round, without a database."""

    @initialize(complete=st.booleans())
    def distilled(self, complete: bool) -> None:
        self.state = after(State(), "practice.distilled", {"complete": complete})
        self.stances: dict[int, Stand] = {}
        self.objections: set[int] = set()

    def tried(self, act: str, case: str = "", **told: object) -> bool:
        """Whether the table allows it; if so it happens, and leads where the table says."""
        before = self.state.status
        if refusal(act, before, case):
            return False
        self.state = after(self.state, act, told)
        assert self.state.status in leads_to(act, before, case)
        return True

    @property
    def waits_for_a_text(self) -> bool:
        return (
            bool(self.objections)
            or self.state.latest in (self.state.agreed, self.state.refused)
            or not self.state.complete
        )

    @precondition(lambda self: self.waits_for_a_text)
    @rule(complete=st.booleans())
    def rewritten(self, complete: bool) -> None:
        self.tried("practice.version_added", number=self.state.latest + 1, complete=complete or self.state.complete)

    @precondition(
        lambda self: not self.state.round and self.state.latest not in (self.state.agreed, self.state.refused)
    )
    @rule()
    def proposed(self) -> None:
        if self.tried("proposal.opened", Kind.ACCEPTANCE, kind=Kind.ACCEPTANCE, number=self.state.latest):
            self.stances, self.objections = {}, set()

    @precondition(lambda self: self.state.round)
    @rule(stances=st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from(Stand), min_size=1))
    def stood(self, stances: dict[int, Stand]) -> None:
        assert self.tried("proposal.stance")
        self.stances |= stances
        self.objections = {one for one in self.objections if one not in stances}
        self.objections |= {one for one, stance in stances.items() if stance == Stand.OBJECT}

    @precondition(lambda self: self.state.round and 0 < self.state.on < self.state.latest and self.objections)
    @rule()
    def met_by_a_change(self) -> None:
        assert self.tried("proposal.amended", number=self.state.latest)
        self.stances, self.objections = {}, set(list(self.objections)[1:])

    @precondition(lambda self: self.state.round)
    @rule(outcome=st.sampled_from([Outcome.ACCEPTED, Outcome.RETURNED, Outcome.NOT_ACCEPTED]))
    def decided(self, outcome: Outcome) -> None:
        consents = sum(stance in COUNTING for stance in self.stances.values())
        tally = Tally(len(PEOPLE), QUORUM, 0, len(self.stances), consents, 0, len(self.objections))
        if outcome not in decidable(Kind.ACCEPTANCE, tally):
            return
        assert self.tried("proposal.decided", outcome, kind=Kind.ACCEPTANCE, outcome=outcome)
        if outcome == Outcome.ACCEPTED:
            assert consents >= QUORUM
            assert not self.objections

    @precondition(lambda self: self.state.round)
    @rule()
    def carried(self) -> None:
        self.stood(dict.fromkeys(PEOPLE, Stand.CONSENT))
        self.decided(Outcome.ACCEPTED)

    @precondition(lambda self: self.state.agreed)
    @rule()
    def challenged(self) -> None:
        assert self.tried("challenge.raised")

    @precondition(lambda self: self.state.challenges and not self.state.round)
    @rule(outcome=st.sampled_from(SETTLEMENTS))
    def settled(self, outcome: Outcome) -> None:
        """As `decide` does it: an end of the agreement answers all open challenges."""
        assert self.tried("challenge.settled", outcome, outcome=outcome)
        if outcome != Outcome.UPHELD:
            for _answered in range(self.state.challenges):
                self.state = after(self.state, "challenge.settled", {"outcome": outcome})

    @rule(act=st.sampled_from(sorted({move.act for move in MOVES} - {"practice.distilled"})))
    def out_of_turn(self, act: str) -> None:
        """Refused with a reason, or allowed: never neither."""
        assert bool(refusal(act, self.state.status)) is not bool(leads_to(act, self.state.status))

    @invariant()
    def it_holds_together(self) -> None:
        state = getattr(self, "state", State())
        assert state.challenges >= 0
        assert state.agreed == 0 or state.once_agreed
        assert state.status not in (Status.ACCEPTED, Status.CONTESTED) or state.agreed
        assert not (state.retired and (state.agreed or state.round))


def test_twenty_thousand_steps_on_the_table() -> None:
    run_state_machine_as_test(OnTheTable, settings=settings(max_examples=400 * TIMES, stateful_step_count=50, **CALM))  # type: ignore[arg-type]


person = st.sampled_from(["lea", "omar", "ines", "fay", "nour"])


class ThroughTheActs(RuleBasedStateMachine):
    """The same with real people, rows and ledger; each example is rolled back."""

    def __init__(self, crew: Crew) -> None:
        super().__init__()
        self.crew, self.moment, self.around = crew, crew.moment, ExitStack()
        self.around.enter_context(transaction.atomic())
        self.people = {"lea": crew.lea, "omar": crew.omar, "ines": crew.ines, "fay": crew.fay, "nour": crew.nour}
        self.practice = crew.candidate()
        self.texts = 0
        self.status, self.round, self.waits_for_a_text = "candidate", None, False

    @contextmanager
    def attempt(self) -> Iterator[None]:
        self.moment += timedelta(minutes=1)
        with clock.at(self.moment), suppress(NotAllowed, NotPossible):
            yield

    @precondition(lambda self: self.waits_for_a_text)
    @rule(who=person)
    def rewritten(self, who: str) -> None:
        self.texts += 1
        with self.attempt():
            self.crew.story.revise(self.people[who], self.practice, limits=f"Not before {self.texts}.")

    @precondition(lambda self: not self.round and not self.waits_for_a_text)
    @rule(who=person)
    def proposed(self, who: str) -> None:
        with self.attempt():
            self.crew.story.propose(self.people[who], self.practice)

    @precondition(lambda self: self.round)
    @rule(stances=st.dictionaries(person, st.sampled_from(Stand), min_size=1))
    def stood(self, stances: dict[str, Stand]) -> None:
        for who, stance in stances.items():
            with self.attempt():
                self.crew.story.stand(self.people[who], self.round, stance, "Because.")

    @precondition(lambda self: self.round)
    @rule()
    def carried(self) -> None:
        self.stood(dict.fromkeys(self.people, Stand.CONSENT))
        for who in ("fay", "nour"):
            if self.round.is_open:
                self.decided(who, 15, Outcome.ACCEPTED)
                self.round.refresh_from_db()

    @precondition(lambda self: self.round and self.round.objections.standing().exists())
    @rule(who=person, how=st.sampled_from(How))
    def objection_settled(self, who: str, how: How) -> None:
        objection, newest = self.round.objections.standing()[0], self.practice.versions.latest("number")
        with self.attempt():
            acts.settle_objection(self.people[who], objection, how=how, version=newest)

    @precondition(lambda self: self.round)
    @rule(who=person)
    def moved(self, who: str) -> None:
        with self.attempt():
            acts.amend(self.people[who], self.round, version=self.practice.versions.latest("number"))

    @precondition(lambda self: self.round)
    @rule(who=person, days=st.sampled_from([0, 15]), outcome=st.sampled_from(DECISIONS))
    def decided(self, who: str, days: int, outcome: Outcome) -> None:
        self.moment += timedelta(days=days)
        proposal = self.round
        consents = proposal.stances.current().filter(stance__in=COUNTING).count()
        standing, spoke = proposal.objections.standing().count(), proposal.stances.current().count()
        with self.attempt():
            self.crew.story.decide(self.people[who], proposal, outcome, "Because.")
            assert self.people[who].pk not in (proposal.version.author_id, proposal.opened_by_id, self.crew.omar.pk)
            assert self.moment >= proposal.closes_at or spoke == proposal.eligible
            if outcome == Outcome.ACCEPTED:
                assert (consents >= proposal.quorum >= 1, standing) == (True, 0)

    @precondition(lambda self: self.status in ("accepted", "contested"))
    @rule(who=person)
    def challenged(self, who: str) -> None:
        with self.attempt():
            self.crew.challenged(self.practice, by=self.people[who])

    @precondition(lambda self: self.status == "contested" and not self.round)
    @rule(who=person, outcome=st.sampled_from(SETTLEMENTS))
    def settlement_proposed(self, who: str, outcome: Outcome) -> None:
        challenge, version = self.practice.challenges.open()[0], self.practice.agreements.in_force().get().version
        said = {"version": version, "challenge": challenge, "proposed_outcome": outcome}
        with self.attempt():
            self.crew.story.propose(self.people[who], self.practice, **said)

    @invariant()
    def the_rows_say_what_the_ledger_says(self) -> None:
        self.status, self.round = self.crew.status(self.practice), self.practice.proposals.open().first()
        state = State()
        for act in Act.objects.about(self.practice).order_by("id"):
            state = after(state, act.verb, act.evidence)
        assert self.status == state.status
        standing = self.round and self.round.objections.standing().exists()
        self.waits_for_a_text = standing or state.latest in (state.agreed, state.refused)

    def teardown(self) -> None:
        assert list(findings()) == []
        transaction.set_rollback(True)
        self.around.close()


def test_hundreds_of_steps_through_the_acts(crew: Crew) -> None:
    crew.nour = crew.story.serving("Nour", RoleKind.FACILITATOR)  # type: ignore[attr-defined]
    few = settings(max_examples=8 * TIMES, stateful_step_count=60, **CALM)  # type: ignore[arg-type]
    run_state_machine_as_test(lambda: ThroughTheActs(crew), settings=few)
