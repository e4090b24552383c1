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
from commonplace.ledger import clock, registry
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.evidence import Evidence, columns
from commonplace.ledger.models import Act
from commonplace.objectifying import acts
from commonplace.objectifying.consent import COUNTING, How, Stand, Tally, decidable
from commonplace.objectifying.course import Course, after
from commonplace.objectifying.moves import MOVES, leads_to, refusal
from commonplace.objectifying.status import SETTLEMENTS, Matter, Outcome, Status
from tests.objectifying.conftest import Crew

PEOPLE, QUORUM = range(6), 3
TIMES = int(os.environ.get("COMMONPLACE_TIMES", "1"))  # a nightly run takes many times the steps
DECISIONS = (Outcome.ACCEPTED, Outcome.RETURNED, Outcome.NOT_ACCEPTED)
CALM = {"suppress_health_check": list(HealthCheck)}


NOTHING_MUCH = {str: "", int: 0, bool: False, list[str]: []}


def evidence_of(verb: str, **fields: object) -> Evidence:
    """As the verb declares it, with nothing much in the fields that are not given."""
    kind = registry.ACTS[verb].evidence
    return kind(**{name: NOTHING_MUCH[column] for name, column in columns(kind).items()} | fields)


class OnTheTable(RuleBasedStateMachine):
    """One practice and its open round, without a database."""

    @initialize(complete=st.booleans())
    def distilled(self, complete: bool) -> None:
        self.course = after(Course(), "practice.distilled", evidence_of("practice.distilled", complete=complete))
        self.stances: dict[int, Stand] = {}
        self.objections: set[int] = set()

    def tried(self, act: str, case: str = "", **fields: object) -> bool:
        """Whether the table allows it; if so it happens, and leads where the table says."""
        before = self.course.status
        if refusal(act, before, case):
            return False
        self.course = after(self.course, act, evidence_of(act, **fields))
        assert self.course.status in leads_to(act, before, case)
        return True

    @property
    def waits_for_a_text(self) -> bool:
        return (
            bool(self.objections)
            or self.course.latest in (self.course.agreed, self.course.refused)
            or not self.course.complete
        )

    @precondition(lambda self: self.waits_for_a_text)
    @rule(complete=st.booleans())
    def rewritten(self, complete: bool) -> None:
        self.tried("practice.version_added", number=self.course.latest + 1, complete=complete or self.course.complete)

    @precondition(
        lambda self: not self.course.matter and self.course.latest not in (self.course.agreed, self.course.refused)
    )
    @rule()
    def proposed(self) -> None:
        if self.tried("proposal.opened", Matter.ACCEPTANCE, matter=Matter.ACCEPTANCE, number=self.course.latest):
            self.stances, self.objections = {}, set()

    @precondition(lambda self: self.course.matter)
    @rule(stances=st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from(Stand), min_size=1))
    def stood(self, stances: dict[int, Stand]) -> None:
        assert self.tried("proposal.stance")
        self.stances |= stances
        self.objections = {one for one in self.objections if one not in stances}
        self.objections |= {one for one, stance in stances.items() if stance == Stand.OBJECT}

    @precondition(lambda self: self.course.matter and 0 < self.course.on < self.course.latest and self.objections)
    @rule()
    def met_by_a_change(self) -> None:
        assert self.tried("proposal.amended", number=self.course.latest)
        self.stances, self.objections = {}, set(list(self.objections)[1:])

    @precondition(lambda self: self.course.matter)
    @rule(outcome=st.sampled_from([Outcome.ACCEPTED, Outcome.RETURNED, Outcome.NOT_ACCEPTED]))
    def decided(self, outcome: Outcome) -> None:
        consents = sum(stance in COUNTING for stance in self.stances.values())
        tally = Tally(len(PEOPLE), QUORUM, 0, len(self.stances), consents, 0, len(self.objections))
        if outcome not in decidable(Matter.ACCEPTANCE, tally):
            return
        assert self.tried("proposal.decided", outcome, matter=Matter.ACCEPTANCE, number=self.course.on, outcome=outcome)
        if outcome == Outcome.ACCEPTED:
            assert consents >= QUORUM
            assert not self.objections

    @precondition(lambda self: self.course.matter)
    @rule()
    def carried(self) -> None:
        self.stood(dict.fromkeys(PEOPLE, Stand.CONSENT))
        self.decided(Outcome.ACCEPTED)

    @precondition(lambda self: self.course.agreed)
    @rule()
    def challenged(self) -> None:
        assert self.tried("challenge.raised")

    @precondition(lambda self: self.course.challenges and not self.course.matter)
    @rule(outcome=st.sampled_from(SETTLEMENTS))
    def settled(self, outcome: Outcome) -> None:
        """As `decide` does it: an end of the agreement answers all open challenges."""
        assert self.tried("challenge.settled", outcome, outcome=outcome)
        if outcome != Outcome.UPHELD:
            settled = evidence_of("challenge.settled", outcome=outcome)
            for _answered in range(self.course.challenges):
                self.course = after(self.course, "challenge.settled", settled)

    @rule(act=st.sampled_from(sorted({move.act for move in MOVES} - {"practice.distilled"})))
    def out_of_turn(self, act: str) -> None:
        """Refused with a reason, or allowed: never neither."""
        assert bool(refusal(act, self.course.status)) is not bool(leads_to(act, self.course.status))

    @invariant()
    def it_holds_together(self) -> None:
        course = getattr(self, "course", Course())
        assert course.challenges >= 0
        assert course.agreed == 0 or course.once_agreed
        assert course.status not in (Status.ACCEPTED, Status.CONTESTED) or course.agreed
        assert not (course.retired and (course.agreed or course.matter))


def test_twenty_thousand_steps_on_the_table() -> None:
    many = settings(max_examples=400 * TIMES, stateful_step_count=50, **CALM)  # type: ignore[arg-type]
    run_state_machine_as_test(OnTheTable, settings=many)


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
        proposed = {"version": version, "challenge": challenge, "proposed_outcome": outcome}
        with self.attempt():
            self.crew.story.propose(self.people[who], self.practice, **proposed)

    @invariant()
    def the_rows_say_what_the_ledger_says(self) -> None:
        self.status, self.round = self.crew.status(self.practice), self.practice.proposals.open().first()
        course = Course()
        for act in Act.objects.about(self.practice).order_by("id"):
            course = after(course, act.verb, Evidence.of(act))
        assert self.status == course.status
        standing = self.round and self.round.objections.standing().exists()
        self.waits_for_a_text = standing or course.latest in (course.agreed, course.refused)

    def teardown(self) -> None:
        assert list(findings()) == []
        transaction.set_rollback(True)
        self.around.close()


def test_hundreds_of_steps_through_the_acts(crew: Crew) -> None:
    crew.nour = crew.story.serving("Nour", RoleKind.FACILITATOR)  # type: ignore[attr-defined]
    few = settings(max_examples=8 * TIMES, stateful_step_count=60, **CALM)  # type: ignore[arg-type]
    run_state_machine_as_test(lambda: ThroughTheActs(crew), settings=few)
