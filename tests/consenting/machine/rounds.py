"""One practice is rewritten and put to consent, round after round: people speak, move the round, take it back, wait."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from commonplace.consenting import acts, jobs
from commonplace.consenting.kinds import Kind, Outcome, Stand
from commonplace.consenting.models import InLine, Proposal
from commonplace.ledger import clock
from commonplace.objectifying.models import Practice
from tests.consenting.machine.heard import Against, Heard
from tests.consenting.machine.oracle import quorum, units_needed
from tests.consenting.machine.people import DAY, People, who

WRITE = ("omar", "lea")  # Whose knowledge the practice is.
underway = precondition(lambda self: Kind.ACCEPTANCE in self.open)
something_is_open = precondition(lambda self: self.open)
which = st.integers(0, 2)
WHO_MADE_IT = ("who made it",) * 2


class Rounds(People):
    """`binds`: of each text, what of it binds. `before`: of the round before, returned or refused, whose objection
    stood though somebody had said that a text meets it, and on which text it was raised."""

    before: dict[str, int]

    @initialize(name=who)
    def written_and_proposed(self, name: str) -> None:
        self.practice = self.crew.candidate()
        self.binds, self.before = {1: 0}, {}
        self.was_against: dict[str, Against] = {}
        self.proposes(name, writers={name}, as_at_first=False)

    @property
    def heard(self) -> Heard:
        return self.open[Kind.ACCEPTANCE]

    def one(self, which: int) -> Heard:
        return list(self.open.values())[which % len(self.open)]

    @rule(name=who, binding=st.booleans(), whom=st.booleans())
    def rewrites(self, name: str, binding: bool, whom: bool = False) -> None:
        """Of what binds, a part of the text or `whom` it is for."""
        newest = max(self.binds)
        words: dict[str, Any] = {"limits": f"Not before {newest}."} if binding else {"why": "Air " + "again " * newest}
        if binding and whom:
            words = {"audience": self.crew.story.of_units(f"Unit {newest}")}
        with self.attempt():
            version = self.crew.story.revise(self.people[name], self.practice, **words)
            self.binds[version.number] = version.number if binding else self.binds[newest]

    @precondition(lambda self: Kind.ACCEPTANCE not in self.open)
    @rule(name=who, writers=st.sets(who, max_size=3), as_at_first=st.booleans())
    def proposes(self, name: str, writers: set[str], as_at_first: bool) -> None:
        """A new text, where the last one was decided on; by several people, one after the other."""
        if as_at_first:
            self.all_are_as_at_first()
        for one in sorted(writers) or ([] if self.before else [name]):
            self.rewrites(one, binding=True)
        with self.attempt():
            self.begun(name, self.crew.story.propose(self.people[name], self.practice), credited=frozenset(WRITE))

    def begun(self, name: str, proposal: Proposal, writers: set[str] | None = None, **what: Any) -> Heard:
        asked = {one: self.roll.unit[one] for one in self.here() - self.roll.sponsors - {what.get("concerned", "")}}
        heard = Heard(
            row=proposal,
            kind=Kind(proposal.matter),
            asked=asked,
            quorum=quorum(asked, self.charter),
            units_needed=units_needed(asked),
            hidden=self.charter.hidden_stances,
            opener=name,
            writers=self.writers(proposal.number) if writers is None else writers,
            number=proposal.number,
            closes_at=proposal.closes_at,
            **what,
        )
        assert heard.closes_at >= self.moment + self.charter.round_days * DAY
        for one in proposal.objections.all():  # Carried over from a round that was withdrawn.
            of = self.was_against[one.taken_from_id].of
            heard.against[one.pk] = Against(self.names[one.raised_by_id], one.raised_on, one.repeated, of=of)
        self.open[heard.kind] = heard
        return heard

    def writers(self, number: int) -> set[str]:
        since = Practice.objects.everywhere("test").get(pk=self.practice.pk).course.agreed
        texts = self.practice.versions.filter(number__gt=since, number__lte=number)
        return {self.names[author] for author in texts.values_list("author", flat=True)}

    @something_is_open
    @rule(which=which, voices=st.dictionaries(who, st.sampled_from([Stand.CONSENT, Stand.CONSENT, *Stand]), min_size=1))
    def speak(self, which: int, voices: dict[str, Stand]) -> None:
        self.speak_in(self.one(which), voices)

    def speak_in(self, heard: Heard, voices: dict[str, Stand]) -> None:
        for name, stance in voices.items():
            with self.attempt():
                reason = f"Because, {self.moment:%c}."
                self.crew.story.stand(self.people[name], heard.row, stance, reason)
                self._noted(heard, name, stance)
                heard.reasons[name] = reason if stance != Stand.OBJECT else ""

    def _noted(self, heard: Heard, name: str, stance: Stand) -> None:
        assert name in heard.asked
        heard.voices[name] = (stance, heard.number)
        own = next((one for one in heard.unsettled.values() if one.person == name), None)
        if own:
            heard.settle(own, self.moment)
        if stance == Stand.OBJECT:
            new = heard.row.objections.get(raised_by=self.people[name], settled_at=None)
            repeated = own.repeated if own else self._was_met_before(heard, name)
            heard.against[new.pk] = Against(name, heard.number, repeated, of=own.of if own else None)
        else:
            self.goes_back(heard)

    def _was_met_before(self, heard: Heard, name: str) -> bool:
        raised_on = self.before.get(name) if heard.kind == Kind.ACCEPTANCE else None
        return raised_on is not None and self.binds[raised_on] != self.binds[heard.number]

    def goes_back(self, heard: Heard) -> None:
        """What somebody took up and lets go of is its raiser's again."""
        for row in heard.row.objections.exclude(pk__in=heard.against):
            taken, whose = heard.against[row.taken_from_id], self.names[row.raised_by_id]
            assert taken.settled
            assert taken.of
            assert taken.of.person == whose
            heard.against[row.pk] = Against(whose, row.raised_on, taken.of.repeated, of=taken.of.of)

    @underway
    @rule(by=who, name=who, stance=st.sampled_from([Stand.CONSENT, Stand.ASIDE]))
    def is_entered(self, by: str, name: str, stance: Stand) -> None:
        """It counts for nothing, and is noted by nobody."""
        with self.attempt():
            if by != name:
                acts.take_stance(self.people[by], self.heard.row, stance=stance, person=self.people[name])

    @underway
    @rule(name=who)
    def moves(self, name: str) -> None:
        with self.attempt():
            moved = acts.amend(self.people[name], self.heard.row, number=max(self.binds))
            assert name == self.heard.opener or self.heard.opener not in self.here()
            self._moved(self.heard, moved)

    def _moved(self, heard: Heard, moved: Proposal) -> None:
        for one in heard.unsettled.values():
            heard.is_waited_for_no_more(one, self.moment)
        if self.binds[heard.number] != self.binds[moved.number]:
            heard.voices.clear()
        heard.number, heard.closes_at, heard.moves = moved.number, moved.closes_at, heard.moves + 1
        heard.writers |= self.writers(moved.number)
        assert heard.moves <= 2
        assert moved.closes_at >= self.moment + 5 * DAY

    @underway
    @rule(name=who)
    def withdraws(self, name: str) -> None:
        with self.attempt():
            acts.withdraw(self.people[name], self.heard.row, reason="Another look.")
            assert name == self.heard.opener
            self.before = {}
            self.is_over(self.heard, "withdrawn")

    @something_is_open
    @rule(which=which, name=who, outcome=st.sampled_from([Outcome.ACCEPTED, Outcome.RETURNED, Outcome.NOT_ACCEPTED]))
    def decides(self, which: int, name: str, outcome: Outcome) -> None:
        with self.attempt():
            acts.decide(self.people[name], self.one(which).row, outcome=outcome, reason="Because.")

    @underway
    @rule(name=who)
    def lines_up(self, name: str) -> None:
        """Another text, while the round is open."""
        self.rewrites(name, binding=True)
        with self.attempt():
            put = Proposal(number=max(self.binds), aim="Air.")
            acts.line_up(self.people[name], self.practice, proposal=put)

    @rule(name=who)
    def steps_out(self, name: str) -> None:
        mine = InLine.objects.waiting().filter(proposed_by=self.people[name]).everywhere("test").first()
        with self.attempt():
            if mine:
                acts.step_out(self.people[name], mine)

    def is_over(self, heard: Heard, end: str) -> None:
        """With what waited its turn, if anything did: nothing is committed here, so it is the worker who opens it."""
        self.ends[f"{heard.kind} {end}"] += 1
        self.was_against |= heard.against
        del self.open[heard.kind]
        if heard.kind == Kind.ACCEPTANCE:
            with clock.at(self.moment):
                jobs.open_all_next()
            row = Proposal.objects.on(self.practice).open().everywhere("test").first()
            if row:
                self.begun(self.names[row.opened_by_id], row, credited=frozenset(WRITE))
                self.ends["opened in its turn"] += 1

    @rule()
    def the_worker_looks(self) -> None:
        with clock.at(self.moment):
            jobs.end_rounds()
            jobs.open_all_next()

    # Else few rounds would come to an end, and fewer by what is rare.

    @underway
    @rule(silent=st.sets(who, max_size=3))
    def nearly_all_are_content(self, silent: set[str]) -> None:
        """And whoever opened it looks whether that ends it."""
        heard = self.heard
        self.speak_in(heard, dict.fromkeys(sorted(heard.asked.keys() - silent), Stand.CONSENT))
        with self.attempt():
            acts.decide(self.people[heard.opener], heard.row, outcome=Outcome.ACCEPTED)

    @underway
    @rule(content=st.sampled_from([*WHO_MADE_IT, "North", "South"]), others=st.sampled_from([None, Stand.ASIDE]))
    def only_some_are_content(self, content: str, others: Stand | None) -> None:
        """People of one unit, or who wrote it or opened the round."""
        of_one_unit = {name for name, unit in self.heard.asked.items() if unit == content}
        self._some_are_content(of_one_unit or self.heard.made_it & set(self.heard.asked), others)

    def _some_are_content(self, content: set[str], others: Stand | None) -> None:
        """Who had consented otherwise does so no more."""
        yes = {name for name, (stance, _number) in self.heard.voices.items() if stance != Stand.OBJECT}
        aside = set(self.heard.asked) if others else yes
        voices = dict.fromkeys(sorted(content), Stand.CONSENT) | dict.fromkeys(sorted(aside - content), Stand.ASIDE)
        self.speak_in(self.heard, voices)

    @something_is_open
    @rule(days=st.sampled_from([15, 23]), content=st.booleans())
    def is_left_to_itself(self, days: int, content: bool) -> None:
        if content and Kind.ACCEPTANCE in self.open:
            self.nearly_all_are_content(set())
        if all(self.now(heard).is_open for heard in self.open.values()):
            self.moment += days * DAY
            self.the_worker_looks()
