"""The procedure cannot be bent: people of all kinds do whatever they like, in any order, and every round is judged."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import Any

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

from commonplace.consenting.kinds import Ground, How, Outcome, Stand
from tests.consenting.rule.oracle import faults, overdue
from tests.consenting.rule.village import Asking
from tests.consenting.rule.world import Refused, World

WHO = st.integers(0, 9)
GROUNDS = (Ground.UNSAFE, Ground.EFFORT)
UNITS = ("", "north", "south")
STEPS, EXAMPLES, AT_LEAST = 60, 600, 20_000
CALM = settings(
    max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
)
underway = precondition(lambda self: self.world.open is not None)


class Community(RuleBasedStateMachine):
    """One community and one practice, its rounds one after another."""

    steps = 0
    ends: Counter[str] = Counter()

    @initialize(size=st.integers(2, 8), units=st.integers(1, 3), helper=st.booleans(), quorum=st.integers(0, 5))
    def begins(self, size: int, units: int, helper: bool, quorum: int) -> None:
        self.world = World(judge=faults)
        self.judged = 0
        for n in range(size):
            self.world.joins(f"p{n}", UNITS[n % units], facilitator=helper and n == size - 1, active=n % 4 != 3)
        self.world.quorum = quorum or None
        self.tried("opens", "p0")

    def tried(self, act: str, *args: Any, **kwargs: Any) -> None:
        with suppress(Refused):
            getattr(self.world, act)(*args, **kwargs)

    def one(self, n: int) -> str:
        names = list(self.world.people)
        return names[n % len(names)]

    @rule(who=WHO, what=st.sampled_from(["left", "back", "back", "removed", "bot", "no bot", "no bot"]))
    def goes(self, who: int, what: str) -> None:
        self.tried("goes", self.one(who), what)

    @rule(unit=st.sampled_from(UNITS), facilitator=st.booleans())
    def joins(self, unit: str, facilitator: bool) -> None:
        if len(self.world.people) < 10:
            self.tried("joins", f"p{len(self.world.people)}", unit, facilitator=facilitator)

    @rule(who=WHO, role=st.sampled_from(["facilitator", "sponsor", "active"]), given=st.booleans())
    def serves(self, who: int, role: str, given: bool) -> None:
        setattr(self.world.people[self.one(who)], role, given)
        self.world.passes()

    @rule(who=WHO, unit=st.sampled_from(UNITS), everybody=st.booleans())
    def moves(self, who: int, unit: str, everybody: bool) -> None:
        for name in list(self.world.people) if everybody else [self.one(who)]:
            self.world.people[name].unit = unit

    @rule(quorum=st.integers(0, 6), hidden=st.booleans(), days=st.integers(3, 14))
    def sets_the_charter(self, quorum: int, hidden: bool, days: int) -> None:
        self.world.quorum, self.world.hidden, self.world.days = quorum or None, hidden, days

    @rule(who=WHO, part=st.sampled_from(["", "title", "how", "days", "why"]))
    def opens(self, who: int, part: str) -> None:
        if self.world.open is None:
            if part:
                self.world.text = self.world.text.retyped(self.one(who), part)
            for n in range(who, who + len(self.world.people)):
                self.tried("opens", self.one(n))

    @rule(hours=st.sampled_from([1, 12, 24, 48, 120, 240]), who=WHO, part=st.sampled_from(["", "how"]))
    def waits(self, hours: int, who: int, part: str) -> None:
        self.world.passes(timedelta(hours=hours))
        self.opens(who, part)

    @rule()
    @underway
    def comes_near_the_close(self) -> None:
        left = self.world.round_under_way().ends_at - self.world.now - timedelta(seconds=20)
        self.world.passes(max(left, timedelta(seconds=1)))

    @rule(who=st.lists(WHO, min_size=1, max_size=8), stance=st.sampled_from([*Stand, Stand.CONSENT, Stand.CONSENT]))
    @underway
    def speak(self, who: list[int], stance: Stand) -> None:
        for each in who:
            self.tried("speaks", self.one(each), stance)

    @rule(but=WHO, stance=st.sampled_from([Stand.CONSENT, Stand.CONCERN]), then_closes=st.booleans())
    @underway
    def nearly_all_consent(self, but: int, stance: Stand, then_closes: bool) -> None:
        for name in list(self.world.people):
            if name != self.one(but):
                self.tried("speaks", name, stance)
        if then_closes and self.world.open:
            self.world.passes(max(self.world.open.ends_at - self.world.now, timedelta(seconds=1)))

    @rule(who=WHO, ground=st.sampled_from(GROUNDS))
    @underway
    def objects(self, who: int, ground: Ground) -> None:
        self.tried("speaks", self.one(who), Stand.OBJECT, ground)

    @rule(who=WHO, other=WHO, stance=st.sampled_from(Stand))
    @underway
    def enters(self, who: int, other: int, stance: Stand) -> None:
        self.tried("enters", self.one(who), self.one(other), stance)

    @rule(who=WHO, ground=st.sampled_from(GROUNDS))
    @underway
    def objects_for_another(self, who: int, ground: Ground) -> None:
        self.tried("objects_for_another", self.one(who), ground)

    def protest(self, which: int) -> Any:
        protests = self.world.open.protests if self.world.open else []
        return protests[which % len(protests)] if protests else None

    @rule(who=WHO, which=WHO, how=st.sampled_from(How))
    @underway
    def settles(self, who: int, which: int, how: How) -> None:
        self.tried("settles", self.one(who), self.protest(which), how)

    @rule(which=WHO, who=WHO, meant=st.sampled_from(["answers", "keeps", "taken up", "withdraws"]))
    @underway
    def meets(self, which: int, who: int, meant: str) -> None:
        """By whoever may, most of the time."""
        protest = self.protest(which)
        if protest and meant == "answers":
            for name in self.world.people:
                self.tried("answers", name, protest)
            self.tried("sees", protest.raiser)
        elif protest and meant == "keeps":
            self.tried("keeps", protest.raiser, protest)
        elif protest and meant == "taken up":
            self.tried("settles", self.one(who), protest, How.TAKEN_UP)
        elif protest:
            self.tried("settles", protest.raiser, protest, How.WITHDRAWN)

    @rule(who=WHO, ground=st.sampled_from(GROUNDS), hours=st.sampled_from([0, 24, 240]))
    @underway
    def is_changed_and_answered(self, who: int, ground: Ground, hours: int) -> None:
        """Somebody objects, the text is changed, a facilitator says that this meets it; the others agree."""
        self.objects(who, ground)
        if self.world.open:
            self.amends(who, True, "how")
            for which in range(4):
                self.meets(which, who, "answers")
            self.nearly_all_consent(who, Stand.CONSENT, False)
            self.world.passes(timedelta(hours=hours, seconds=1))

    @rule(who=WHO, by_who_may=st.booleans(), part=st.sampled_from(["title", "how", "days", "why", "layout"]))
    @underway
    def amends(self, who: int, by_who_may: bool, part: str) -> None:
        one = self.world.round_under_way()
        by = one.opener if by_who_may else self.one(who)
        self.tried("amends", by, one.texts[-1].retyped(self.one(who), part))

    @rule(who=WHO)
    @underway
    def amends_back(self, who: int) -> None:
        """To what it was: nobody has agreed to that since."""
        one = self.world.round_under_way()
        self.tried("amends", one.opener, one.texts[0].retyped(self.one(who), "layout"))

    @rule(who=WHO)
    @underway
    def withdraws(self, who: int) -> None:
        """And somebody opens the next one at once."""
        self.tried("withdraws", self.one(who))
        self.opens(who, "")

    @rule(chance=st.integers(0, 5))
    @underway
    def is_overtaken(self, chance: int) -> None:
        if not chance:
            self.tried("overtakes")

    @rule(outcome=st.sampled_from(Outcome), who=WHO, part=st.sampled_from(["", "how"]))
    @underway
    def decide(self, outcome: Outcome, who: int, part: str) -> None:
        """Everybody tries."""
        for name in self.world.people:
            self.tried("decides", name, outcome)
        self.opens(who, part)

    @rule(who=WHO, ground=st.sampled_from(GROUNDS))
    @underway
    def is_objected_to_until_the_close(self, who: int, ground: Ground) -> None:
        self.objects(who, ground)
        if self.world.open:  # All may have spoken before, and the worker came first.
            self.world.passes(max(self.world.open.ends_at - self.world.now, timedelta(seconds=1)))

    @rule(sleeps=st.booleans())
    def worker(self, sleeps: bool) -> None:
        self.world.worker_sleeps = sleeps
        self.world.look()

    @invariant()
    def every_end_is_by_the_book(self) -> None:
        type(self).steps += 1
        world = self.world
        assert world.wrong == []
        while self.judged < len(world.rounds) and world.rounds[self.judged].outcome:
            one = world.rounds[self.judged]
            self.ends[f"{one.outcome} {_when(one)}"] += 1
            self.judged += 1
        if world.open and not world.worker_sleeps:
            assert overdue(world, world.open) == []

    @invariant()
    def nothing_goes_on_for_ever(self) -> None:
        """Whoever is absent, with a facilitator to return it or without."""
        if self.world.open:
            late = self.world.open.ends_at + timedelta(days=7)
            for somebody in (True, False):
                assert self.world.ending(max(late, self.world.now), somebody).by_rule


def _when(one: Asking) -> str:
    early = one.ended_at is not None and one.ended_at < one.ends_at
    return f"{'early' if early else 'at the close or after'} by {'the rule' if not one.ended_by else 'somebody'}"


def test_whatever_people_do_every_round_ends_by_the_book() -> None:
    Community.steps, Community.ends = 0, Counter()
    run_state_machine_as_test(Community, settings=CALM)
    assert Community.steps >= AT_LEAST
    assert set(Community.ends) >= {
        "accepted early by the rule",
        "accepted at the close or after by the rule",
        "returned at the close or after by the rule",
        "returned at the close or after by somebody",
        "not_accepted at the close or after by somebody",
        "withdrawn early by somebody",
    }
