"""The procedure cannot be bent: random people do random things, on the pure table (many steps) and through the acts."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from commonplace.communities.models import RoleKind
from commonplace.ledger import clock
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.models import Act
from commonplace.objectifying import acts
from commonplace.objectifying.consent import COUNTING, Stand, Tally, decidable
from commonplace.objectifying.models import Challenge, How, Proposal
from commonplace.objectifying.moves import leads_to, refusal
from commonplace.objectifying.status import SETTLEMENTS, Kind, Outcome, State, Status, after
from tests.objectifying.conftest import Crew

PEOPLE, QUORUM = range(6), 3
CALM = {"deadline": None, "suppress_health_check": list(HealthCheck)}


class OnTheTable(RuleBasedStateMachine):
    """One practice and its open round, without a database."""

    @initialize(complete=st.booleans())
    def distilled(self, complete: bool) -> None:
        self.state = after(State(), "item.distilled", {"complete": complete})
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

    @rule(complete=st.booleans())
    def rewritten(self, complete: bool) -> None:
        self.tried("item.version_added", number=self.state.latest + 1, complete=complete or self.state.complete)

    @rule()
    def proposed(self) -> None:
        if self.state.round or self.state.latest in (self.state.agreed, self.state.refused):
            return
        if self.tried("proposal.opened", Kind.ACCEPTANCE, kind=Kind.ACCEPTANCE, number=self.state.latest):
            self.stances, self.objections = {}, set()

    @rule(person=st.sampled_from(PEOPLE), stance=st.sampled_from(Stand))
    def stood(self, person: int, stance: Stand) -> None:
        if self.state.round and self.tried("proposal.stance"):
            self.stances[person] = stance
            self.objections = self.objections | {person} if stance == Stand.OBJECT else self.objections - {person}

    @rule(person=st.sampled_from(PEOPLE))
    def met_by_a_change(self, person: int) -> None:
        if self.state.round != Kind.ACCEPTANCE or self.state.on == self.state.latest or person not in self.objections:
            return
        if self.tried("proposal.amended", number=self.state.latest):
            self.stances, self.objections = {}, self.objections - {person}

    @rule(outcome=st.sampled_from(Outcome))
    def decided(self, outcome: Outcome) -> None:
        consents = sum(stance in COUNTING for stance in self.stances.values())
        tally = Tally(len(PEOPLE), QUORUM, 0, len(self.stances), consents, 0, len(self.objections))
        if self.state.round != Kind.ACCEPTANCE or outcome not in decidable(Kind.ACCEPTANCE, tally):
            return
        if (
            self.tried("proposal.decided", outcome, kind=Kind.ACCEPTANCE, outcome=outcome)
            and outcome == Outcome.ACCEPTED
        ):
            assert consents >= QUORUM
            assert not self.objections

    @rule()
    def challenged(self) -> None:
        self.tried("challenge.raised")

    @rule(outcome=st.sampled_from(SETTLEMENTS))
    def settled(self, outcome: Outcome) -> None:
        """As `decide` does it: an end of the agreement answers all open challenges."""
        if self.state.round or self.state.status != Status.CONTESTED:
            return
        for _answered in range(1 if outcome == Outcome.UPHELD else self.state.challenges):
            if self.state.status == Status.CONTESTED:
                self.tried("challenge.settled", outcome, outcome=outcome)
            else:
                self.state = after(self.state, "challenge.settled", {"outcome": outcome})

    @invariant()
    def it_holds_together(self) -> None:
        state = getattr(self, "state", State())
        assert state.challenges >= 0
        assert state.agreed == 0 or state.once_agreed
        assert state.status not in (Status.ACCEPTED, Status.CONTESTED) or state.agreed
        assert not (state.retired and (state.agreed or state.round))


def test_twenty_thousand_steps_on_the_table() -> None:
    run_state_machine_as_test(OnTheTable, settings=settings(max_examples=400, stateful_step_count=50, **CALM))  # type: ignore[arg-type]


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

    @contextmanager
    def attempt(self) -> Iterator[None]:
        self.moment += timedelta(minutes=1)
        with clock.at(self.moment), suppress(NotAllowed, NotPossible):
            yield

    @property
    def round(self) -> Proposal | None:
        return self.practice.proposals.open().first()

    @rule(days=st.integers(1, 15))
    def time_passes(self, days: int) -> None:
        self.moment += timedelta(days=days)

    @rule(who=person)
    def rewritten(self, who: str) -> None:
        self.texts += 1
        with self.attempt():
            self.crew.story.revise(self.people[who], self.practice, limits=f"Not before {self.texts}.")

    @rule(who=person)
    def proposed(self, who: str) -> None:
        with self.attempt():
            self.crew.story.propose(self.people[who], self.practice)

    @rule(who=person, stance=st.sampled_from(Stand))
    def stood(self, who: str, stance: Stand) -> None:
        with self.attempt():
            if self.round:
                self.crew.story.stand(self.people[who], self.round, stance, "Because.")

    @rule()
    def all_consent(self) -> None:
        for who in self.people:
            self.stood(who, Stand.CONSENT)

    @rule(who=person, how=st.sampled_from(How))
    def objection_settled(self, who: str, how: How) -> None:
        objection = self.round and self.round.objections.standing().first()
        with self.attempt():
            if objection:
                newest = self.practice.versions.latest("number")
                acts.settle_objection(self.people[who], objection, how=how, version=newest)

    @rule(who=person)
    def moved(self, who: str) -> None:
        with self.attempt():
            if self.round:
                acts.amend(self.people[who], self.round, version=self.practice.versions.latest("number"))

    @rule(who=person, outcome=st.sampled_from([Outcome.ACCEPTED, Outcome.RETURNED, Outcome.NOT_ACCEPTED]))
    def decided(self, who: str, outcome: Outcome) -> None:
        proposal = self.round
        if proposal is None:
            return
        with self.attempt():
            consents = proposal.stances.current().filter(stance__in=COUNTING).count()
            standing, all_spoke = (
                proposal.objections.standing().count(),
                proposal.stances.current().count() == proposal.eligible,
            )
            self.crew.story.decide(self.people[who], proposal, outcome, "Because.")
            assert self.people[who].pk not in (proposal.version.author_id, proposal.opened_by_id, self.crew.omar.pk)
            assert self.moment >= proposal.closes_at or all_spoke
            if outcome == Outcome.ACCEPTED:
                assert (consents >= proposal.quorum >= 1, standing) == (True, 0)

    @rule(who=person)
    def challenged(self, who: str) -> None:
        with self.attempt():
            self.crew.challenged(self.practice, by=self.people[who])

    @rule(who=person, outcome=st.sampled_from(SETTLEMENTS))
    def settlement_proposed(self, who: str, outcome: Outcome) -> None:
        challenge = Challenge.objects.filter(practice=self.practice).open().everywhere("test").first()
        agreement = self.practice.agreements.in_force().first()
        with self.attempt():
            if challenge and agreement:
                said = {"version": agreement.version, "challenge": challenge, "proposed_outcome": outcome}
                self.crew.story.propose(self.people[who], self.practice, **said)

    @invariant()
    def the_rows_say_what_the_ledger_says(self) -> None:
        state = State()
        for act in Act.objects.about(self.practice).order_by("id"):
            state = after(state, act.verb, act.evidence)
        assert self.crew.status(self.practice) == state.status

    def teardown(self) -> None:
        assert list(findings()) == []
        transaction.set_rollback(True)
        self.around.close()


def test_a_thousand_steps_through_the_acts(crew: Crew) -> None:
    crew.nour = crew.story.serving("Nour", RoleKind.FACILITATOR)  # type: ignore[attr-defined]
    few = settings(max_examples=25, stateful_step_count=40, **CALM)  # type: ignore[arg-type]
    run_state_machine_as_test(lambda: ThroughTheActs(crew), settings=few)
