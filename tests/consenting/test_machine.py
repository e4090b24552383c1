"""The procedure cannot be bent: people join, leave, are made sponsor, speak, write, wait; nothing ends but by the rule.

What the rule leaves is worked out here anew, in plain loops over what was done, without the program's own counting.
"""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
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

from commonplace.communities import acts as social
from commonplace.communities.models import Membership, Person, RoleKind
from commonplace.consenting import acts, jobs
from commonplace.consenting.acts.deciding import by_the_rule
from commonplace.consenting.kinds import How, LineEnd, Outcome, Stand
from commonplace.consenting.models import InLine, Proposal, RemedySeen
from commonplace.ledger import clock
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.models import Act
from commonplace.objectifying.models import Practice
from tests.objectifying.conftest import Crew
from tests.story import role_of

TIMES = int(os.environ.get("COMMONPLACE_TIMES", "1"))  # a nightly run takes many times the steps
CALM = {"suppress_health_check": list(HealthCheck)}
NAMES = ("lea", "omar", "ines", "fay", "nour", "kim")
who = st.sampled_from(NAMES)
YES = (Stand.CONSENT, Stand.CONCERN)
DAY, REMEDY, DECIDE = timedelta(days=1), timedelta(days=10), timedelta(days=7)


@dataclass
class Against:
    """An objection as somebody heard it: `raised_on` the text; `said_met`: of which text, and since when told;
    `answered`: somebody ever said that a text meets it; `of`: from whom it was taken up."""

    person: str
    raised_on: int
    repeated: bool = False
    settled: bool = False
    said_met: tuple[int, datetime | None] | None = None
    answered: bool = False
    of: str = ""


@dataclass
class Heard:
    """A round, as one who sat by would have written it down."""

    asked: dict[str, str]
    opener: str
    writers: set[str]
    number: int
    closes_at: datetime
    voices: dict[str, tuple[Stand, int]] = field(default_factory=dict)
    against: dict[str, Against] = field(default_factory=dict)
    moves: int = 0


def oracle(heard: Heard, here: set[str], now: datetime) -> tuple[bool, bool]:
    """May it be accepted now? Is it closed?"""
    present = [person for person in heard.asked if person in here]
    yes = [person for person in present if heard.voices.get(person, (None, 0))[0] in YES]
    made_it = heard.writers | {heard.opener}
    quorum = max(2, min(3, len(heard.asked) - 1))
    others = [person for person in yes if person not in made_it]
    if set(heard.asked) <= made_it:
        others = yes if len(yes) == len(present) else []
    stops, open_until, waits = False, heard.closes_at, False
    for one in heard.against.values():
        if one.settled:
            continue
        waits = True
        seen = one.said_met[1] if one.said_met else None
        met = seen is not None and seen + REMEDY <= now
        if seen is not None and seen < heard.closes_at:
            open_until = max(open_until, seen + REMEDY)
        sharing = {other.person for other in heard.against.values() if not other.settled} - {one.person}
        alone = one.repeated and not sharing & here & set(heard.asked)
        stops = stops or not (met or alone or one.person not in here)
    met_rule = len(yes) >= quorum and bool(others) and not stops
    waits = waits or heard.moves > 0
    all_spoke = all(heard.voices.get(person, (None, 0))[1] == heard.number for person in present)
    closed = now >= open_until
    return met_rule and (closed or (all_spoke and not waits)), closed


class ThroughTheActs(RuleBasedStateMachine):
    """Real people, rows and ledger; each example is rolled back."""

    def __init__(self, crew: Crew, ends: Counter[str]) -> None:
        super().__init__()
        self.ends = ends
        self.crew, self.moment, self.around = crew, crew.moment, ExitStack()
        self.around.enter_context(transaction.atomic())
        self.people: dict[str, Person] = {name: getattr(crew, name) for name in NAMES}
        self.names = {person.pk: name for name, person in self.people.items()}
        self.texts = 0
        self.heard: Heard | None = None
        self.round: Proposal | None = None
        self.before: tuple[int, set[str]] = (0, set())
        """Of the round before, returned or refused: its text, and whose objection stood."""

    @initialize(name=who)
    def written_and_proposed(self, name: str) -> None:
        self.practice = self.crew.candidate()
        self.proposes(name)

    def teardown(self) -> None:
        assert list(findings()) == []
        transaction.set_rollback(True)
        self.around.close()

    # What people do

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A minute later; whoever may not, or cannot, does nothing."""
        self.moment += timedelta(minutes=1)
        with clock.at(self.moment), suppress(NotAllowed, NotPossible):
            yield

    def here(self) -> set[str]:
        rows = Membership.objects.filter(community=self.crew.community).current().everywhere("test")
        return {self.names[person] for person in rows.values_list("person", flat=True) if person in self.names}

    @rule(days=st.sampled_from([1, 3]))
    def time_passes(self, days: int) -> None:
        self.moment += days * DAY

    @rule(name=st.sampled_from(["ines", "kim", "omar", "nour"]))
    def leaves_or_comes_back(self, name: str) -> None:
        with self.attempt():
            if name in self.here():
                social.leave(self.people[name], self.crew.community)
            else:
                social.join(self.people[name], self.crew.community)

    @rule(name=st.sampled_from(["ines", "kim", "omar"]))
    def is_given_a_role_or_it_ends(self, name: str) -> None:
        person = self.people[name]
        with self.attempt():
            if self.crew.community.roles.filter(person=person, ended_at=None).exists():
                social.end_role(self.people["fay"], role_of(person))
            else:
                social.grant_role(self.people["fay"], self.crew.community, person=person, kind=RoleKind.FACILITATOR)

    @rule(name=who, unit=st.sampled_from(["North", "South"]))
    def changes_unit(self, name: str, unit: str) -> None:
        with self.attempt():
            social.edit_profile(self.people[name], self.people[name], unit=self.crew.story.unit(unit))

    @rule(name=who, binding=st.booleans())
    def rewrites(self, name: str, binding: bool) -> None:
        self.texts += 1
        words = {"limits": f"Not before {self.texts}."} if binding else {"why": "Air " + "again " * self.texts}
        with self.attempt():
            self.crew.story.revise(self.people[name], self.practice, **words)

    @precondition(lambda self: self.round is None)
    @rule(name=who)
    def proposes(self, name: str) -> None:
        """A new text, where the last one was decided on."""
        if self.before == (0, set()) or self.moment.day % 2:
            self.rewrites(name, binding=True)
        with self.attempt():
            self.round = self.crew.story.propose(self.people[name], self.practice)
            self.heard = self._begun(name, self.round)

    def _begun(self, name: str, proposal: Proposal) -> Heard:
        asked = {self.names[person]: unit for person, unit in proposal.asked.values_list("person", "unit")}
        heard = Heard(asked, name, self._writers(proposal.number), proposal.number, proposal.closes_at)
        for one in proposal.objections.all():  # carried over from one that was withdrawn
            heard.against[one.pk] = Against(self.names[one.raised_by_id], one.raised_on, one.repeated)
        return heard

    def _writers(self, number: int) -> set[str]:
        since = Practice.objects.everywhere("test").get(pk=self.practice.pk).course.agreed
        texts = self.practice.versions.filter(number__gt=since, number__lte=number)
        return {self.names[author] for author in texts.values_list("author", flat=True)}

    @precondition(lambda self: self.round)
    @rule(voices=st.dictionaries(who, st.sampled_from([Stand.CONSENT, Stand.CONSENT, *Stand]), min_size=1))
    def speak(self, voices: dict[str, Stand]) -> None:
        for name, stance in voices.items():
            with self.attempt():
                self.crew.story.stand(self.people[name], self.round, stance, f"Because, {self.moment:%c}.")
                self._noted(name, stance)

    def _noted(self, name: str, stance: Stand) -> None:
        heard = self._heard
        heard.voices[name] = (stance, heard.number)
        own = next((one for one in heard.against.values() if one.person == name and not one.settled), None)
        for one in heard.against.values():
            one.settled = one.settled or one.person == name
        if stance == Stand.OBJECT:
            new = self._round.objections.get(raised_by=self.people[name], settled_at=None)
            text, whose = self.before
            repeated = own.repeated if own else name in whose and heard.number > text
            heard.against[new.pk] = Against(name, heard.number, repeated, of=own.of if own else "")
        else:
            self._goes_back()

    def _goes_back(self) -> None:
        """What somebody took up and lets go of is its raiser's again."""
        heard = self._heard
        for row in self._round.objections.exclude(pk__in=heard.against):
            taken, whose = heard.against[row.taken_from_id], self.names[row.raised_by_id]
            assert taken.settled
            assert taken.of == whose
            heard.against[row.pk] = Against(whose, row.raised_on, row.repeated)

    @precondition(lambda self: self.round)
    @rule(by=who, name=who, stance=st.sampled_from([Stand.CONSENT, Stand.ASIDE]))
    def is_entered(self, by: str, name: str, stance: Stand) -> None:
        """It counts for nothing, and is noted by nobody."""
        with self.attempt():
            if by != name:
                acts.take_stance(self.people[by], self._round, stance=stance, person=self.people[name])

    @precondition(lambda self: self.round)
    @rule(name=who)
    def moves(self, name: str) -> None:
        newest = self.practice.versions.latest("number").number
        with self.attempt():
            moved = acts.amend(self.people[name], self._round, number=newest)
            assert name == self._heard.opener or self._heard.opener not in self.here()
            self._moved(moved)

    def _moved(self, moved: Proposal) -> None:
        heard = self._heard
        old, new = (moved.text_of(number) for number in (heard.number, moved.number))
        heard.number, heard.closes_at, heard.moves = moved.number, moved.closes_at, heard.moves + 1
        heard.writers |= self._writers(moved.number)
        for one in heard.against.values():
            one.said_met = None
        if any(old[part] != new[part] for part in ("context", "how", "limits")):
            heard.voices.clear()
        assert heard.moves <= 2
        assert moved.closes_at >= self.moment + 5 * DAY

    @precondition(lambda self: self.round and self._unsettled())
    @rule(name=who, how=st.sampled_from(How))
    def settles(self, name: str, how: How) -> None:
        pk = self._unsettled()[0]
        one = self._heard.against[pk]
        with self.attempt():
            acts.settle_objection(self.people[name], self._round.objections.get(pk=pk), how=how)
            assert how != How.DISSENT
            assert (how == How.TAKEN_UP) is (name != one.person)
            one.settled = True
            if how == How.TAKEN_UP:
                assert one.repeated or one.person not in self.here()
                assert name not in self._heard.writers | {self._heard.opener, "omar"}
                new = self._round.objections.get(taken_from=pk)
                self._heard.against[new.pk] = Against(name, one.raised_on, of=one.person)
            self._goes_back()

    @precondition(lambda self: self.round and self._unsettled())
    @rule(name=who, opened=st.booleans(), kept=st.booleans())
    def is_answered(self, name: str, opened: bool, kept: bool) -> None:
        pk = self._unsettled()[0]
        one, row = self._heard.against[pk], self._round.objections.get(pk=pk)
        with self.attempt():
            remedy = acts.answer_objection(self.people[name], row)
            assert name not in self._heard.writers | {self._heard.opener, one.person, "omar"}
            one.answered = True
            one.said_met = (self._heard.number, self.moment if opened else None)
            if opened:
                RemedySeen.objects.create(remedy=remedy, at=self.moment)
        if kept:
            with self.attempt():
                acts.keep_objection(self.people[one.person], row)
                one.said_met = None

    @precondition(lambda self: self.round)
    @rule(name=who)
    def withdraws(self, name: str) -> None:
        with self.attempt():
            acts.withdraw(self.people[name], self._round, reason="Another look.")
            assert name == self._heard.opener
            self.before = (0, set())
            self._go_on()
            self.ends["withdrawn"] += 1

    @precondition(lambda self: self.round)
    @rule(name=who, outcome=st.sampled_from([Outcome.ACCEPTED, Outcome.RETURNED, Outcome.NOT_ACCEPTED]))
    def decides(self, name: str, outcome: Outcome) -> None:
        with self.attempt():
            acts.decide(self.people[name], self._round, outcome=outcome, reason="Because.")

    @precondition(lambda self: self.round)
    @rule(name=who)
    def lines_up(self, name: str) -> None:
        """Another text, while the round is open."""
        self.rewrites(name, binding=True)
        put = Proposal(number=self.practice.versions.latest("number").number, aim="Air.")
        with self.attempt():
            acts.line_up(self.people[name], self.practice, proposal=put)

    @rule(name=who)
    def steps_out(self, name: str) -> None:
        mine = InLine.objects.waiting().filter(proposed_by=self.people[name]).everywhere("test").first()
        with self.attempt():
            if mine:
                acts.step_out(self.people[name], mine)

    @rule()
    def the_worker_looks(self) -> None:
        with clock.at(self.moment):
            jobs.end_rounds()
            jobs.open_all_next()

    # Else few rounds would come to an end.

    @precondition(lambda self: self.round)
    @rule(silent=st.sets(who, max_size=3))
    def nearly_all_are_content(self, silent: set[str]) -> None:
        self.speak(dict.fromkeys([name for name in NAMES if name not in silent], Stand.CONSENT))

    @precondition(lambda self: self.round)
    @rule(days=st.sampled_from([15, 23]), content=st.booleans())
    def is_left_to_itself(self, days: int, content: bool) -> None:
        if content:
            self.nearly_all_are_content(set())
        if self.round is None or not self._round.is_open:
            return
        self.moment += days * DAY
        self.the_worker_looks()

    @property
    def _heard(self) -> Heard:
        assert self.heard
        return self.heard

    @property
    def _round(self) -> Proposal:
        assert self.round
        return Proposal.objects.everywhere("test").get(pk=self.round.pk)

    def _go_on(self) -> None:
        """With what waited its turn, if anything did: nothing is committed here, so it is the worker who opens it."""
        with clock.at(self.moment):
            jobs.open_all_next()
        self.round = Proposal.objects.on(self.practice).open().everywhere("test").first()
        if self.round:
            self.heard = self._begun(self.names[self.round.opened_by_id], self.round)
            self.ends["opened in its turn"] += 1

    def _unsettled(self) -> list[str]:
        return [pk for pk, one in self._heard.against.items() if not one.settled]

    # What always holds

    @invariant()
    def a_round_ends_as_the_rule_says_and_in_no_other_way(self) -> None:
        if self.round is None:
            return
        now = self._round
        if now.is_open:
            return
        assert now.decided_at
        met, closed = oracle(self._heard, self.here(), now.decided_at)
        act = Act.objects.everywhere("test").get(verb="proposal.decided", object=now.pk)
        assert (now.outcome == Outcome.ACCEPTED) is met, "accepted when the rule is met, and only then"
        assert met or closed, "nobody returns what is open"
        if now.outcome == Outcome.ACCEPTED:
            assert (now.decided_by, act.evidence["by_rule"]) == (None, True)
        elif now.decided_by is not None:
            name = self.names[now.decided_by_id]
            objected = {one.person for one in self._heard.against.values()}
            assert name not in self._heard.writers | objected | {self._heard.opener, "omar", "lea"}
        answered = {one.person for one in self._heard.against.values() if one.answered}
        self.before = (self._heard.number, answered & {self._heard.against[pk].person for pk in self._unsettled()})
        if now.outcome == Outcome.ACCEPTED:
            self.before = (0, set())
        self._go_on()
        self.ends[now.outcome if closed else "early"] += 1

    @invariant()
    def what_the_rule_leaves_is_what_the_worker_does(self) -> None:
        """Nobody's absence is a veto: a week after the close nothing is left open."""
        if self.round is None:
            return
        heard, now = self._heard, self._round
        met, closed = oracle(heard, self.here(), self.moment)
        by_rule: Any = None
        with clock.at(self.moment):
            by_rule = by_the_rule(now)
        assert (by_rule == Outcome.ACCEPTED) is met
        if closed and not met and self.moment >= now.ends_at + DECIDE:
            assert by_rule == Outcome.RETURNED

    @invariant()
    def one_waits_per_person_and_each_in_its_turn(self) -> None:
        rows = list(InLine.objects.everywhere("test").order_by("lined_up_at"))
        waiting = [row for row in rows if row.ended_at is None]
        assert len({row.proposed_by_id for row in waiting}) == len(waiting)
        turns = [row.ended_at for row in rows if row.ended_at and row.end != LineEnd.TAKEN_BACK]
        assert turns == sorted(turns)
        assert not waiting or self.round, "who waits waits for a round"
        first = waiting[0].lined_up_at if waiting else None
        assert all(row.lined_up_at < first for row in rows if first and row.end in (LineEnd.OPENED, LineEnd.LOST))

    @invariant()
    def what_was_fixed_stays(self) -> None:
        if self.round is not None:
            now = self._round
            asked = {self.names[person]: unit for person, unit in now.asked.values_list("person", "unit")}
            assert (asked, now.quorum) == (self._heard.asked, max(2, min(3, len(asked) - 1)))
            assert now.closes_at == self._heard.closes_at


@pytest.fixture
def six(crew: Crew) -> Crew:
    crew.nour = crew.story.serving("Nour", RoleKind.FACILITATOR)  # type: ignore[attr-defined]
    crew.kim = crew.story.member("Kim")  # type: ignore[attr-defined]
    return crew


def test_two_thousand_steps_through_the_acts(six: Crew) -> None:
    many = settings(max_examples=40 * TIMES, stateful_step_count=50, **CALM)  # type: ignore[arg-type]
    ends: Counter[str] = Counter()
    run_state_machine_as_test(lambda: ThroughTheActs(six, ends), settings=many)
    assert ends.keys() >= {"accepted", "returned", "opened in its turn"}, ends
