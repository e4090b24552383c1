"""A community without a database that holds its rounds by the pure rule, guarded as the acts are. Nothing is random.

The clock stops at every moment at which a round may end, and the worker looks; every act takes a second.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from commonplace.consenting.kinds import Ground, How, Outcome, Stand
from commonplace.consenting.rule import (
    Against,
    Ending,
    Round,
    Voice,
    binding_changed,
    ending,
    quorum_for,
    units_needed,
)
from tests.consenting.rule.village import BINDING, Asking, Member, Offer, Protest, Text, Word

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECOND, AMENDED, DECISION_DAYS = timedelta(seconds=1), timedelta(days=5), 7
RULE = ""


class Refused(Exception):
    """A guard of the acts says no."""


def must(this: object) -> None:
    if not this:
        raise Refused


class World:
    """`judge`: asked what is wrong with a round, at the moment it ends; what it says is kept in `wrong`."""

    def __init__(self, judge: Callable[["World", Asking], list[str]]) -> None:
        self.now, self.judge = START, judge
        self.wrong: list[str] = []
        self.people: dict[str, Member] = {}
        self.quorum: int | None = None
        self.hidden, self.days, self.worker_sleeps = False, 3, False
        self.text = Text()
        self.rounds: list[Asking] = []

    @property
    def open(self) -> Asking | None:
        return self.rounds[-1] if self.rounds and self.rounds[-1].outcome is None else None

    # People

    def joins(self, name: str, unit: str = "", **what: bool) -> None:
        must(name not in self.people)
        self.people[name] = Member(name, unit, **what)

    def goes(self, name: str, what: str) -> None:
        """`left`, `back`, `removed`, `bot`, `no bot`."""
        member = self.people[name]
        must(member.here != (what == "back"))
        must(member.bot == (what == "no bot") or what not in ("bot", "no bot"))
        member.went.append((self.now, what))
        member.here = what not in ("left", "removed")
        member.bot = what == "bot" if "bot" in what else member.bot
        self.passes()

    # Time

    def passes(self, time: timedelta = SECOND) -> None:
        until = self.now + time
        self.look()
        while (stop := self._next_stop(until)) is not None:
            self.now = stop
            self.look()
        self.now = until
        self.look()

    def _next_stop(self, until: datetime) -> datetime | None:
        if self.open is None or self.worker_sleeps:
            return None
        closes = self.open.ends_at
        stops = [closes, closes + timedelta(days=DECISION_DAYS)]
        return min((stop for stop in stops if self.now < stop <= until), default=None)

    def look(self) -> None:
        """The worker does what the rule says."""
        if self.open and not self.worker_sleeps and (outcome := self.ending().by_rule):
            self._end(outcome, RULE)

    # The rule

    def ending(self, now: datetime | None = None, somebody: bool | None = None) -> Ending:
        one = self.round_under_way()
        decides = self.somebody_decides(one) if somebody is None else somebody
        asked = self.as_round(one, now or self.now)
        return ending(asked, now or self.now, somebody_decides=decides, decision_days=DECISION_DAYS)

    def round_under_way(self) -> Asking:
        must(self.open)
        assert self.open
        return self.open

    def as_round(self, one: Asking, now: datetime) -> Round:
        """As it is now; once closed, as it was then."""
        until = min(now + SECOND, one.ends_at)
        return Round(
            quorum=one.quorum,
            units_needed=one.units_needed,
            closes_at=one.ends_at,
            voices=tuple(self._voice(one, person, unit, until) for person, unit in one.asked.items()),
            against=tuple(self._against(one, protest, until, now) for protest in one.unsettled()),
            hidden=one.hidden,
            moved=bool(one.moved),
            overtaken=one.overtaken,
        )

    def _voice(self, one: Asking, person: str, unit: str, until: datetime) -> Voice:
        word = one.current(person)
        own = word if word and not word.entered_by else None
        return Voice(
            person=person,
            unit=unit,
            has_part=person in one.makers,
            is_gone=self.people[person].is_gone(until),
            stance=own.stance if own else None,
            is_carried=bool(own and own.number < one.number),
        )

    def _against(self, one: Asking, protest: Protest, until: datetime, now: datetime) -> Against:
        held_at, raiser = protest.held_at(), self.people[protest.raiser]
        is_away = raiser.is_gone(until) or raiser.was_removed(until)
        return Against(
            raiser=protest.raiser,
            is_left=raiser.is_gone(until) and not self._of_who_was_removed(protest, until),
            is_repeated=protest.repeated and not self._is_shared(one, protest, until),
            is_answered=bool(held_at and held_at <= min(now, until)) and not is_away,
        )

    def _of_who_was_removed(self, protest: Protest, until: datetime) -> bool:
        before = protest.taken_from
        return before is not None and (
            self.people[before.raiser].was_removed(until) or self._of_who_was_removed(before, until)
        )

    def _is_shared(self, one: Asking, protest: Protest, until: datetime) -> bool:
        others = (each for each in one.unsettled() if each.raiser != protest.raiser and not each.for_another)
        here = (each for each in others if not self.people[each.raiser].is_gone(until))
        return any(each.ground == protest.ground and each.raiser in one.asked for each in here)

    def is_neutral(self, name: str, one: Asking) -> bool:
        member = self.people[name]
        return member.acts and member.facilitator and not member.sponsor and name not in one.part_of

    def somebody_decides(self, one: Asking) -> bool:
        return any(self.is_neutral(name, one) for name in self.people)

    # Rounds

    def opens(self, name: str) -> None:
        must(self.people[name].acts and self.open is None)
        asked = {each.name: each.unit for each in self.people.values() if each.is_asked}
        must(len(asked) >= 2)
        core = sum(self.people[each].active for each in asked)
        before = self.rounds[-1] if self.rounds else None
        one = Asking(
            opener=name,
            opened_at=self.now,
            closes_at=self.now + timedelta(days=self.days),
            asked=asked,
            charter=self.quorum,
            core=core,
            quorum=quorum_for(len(asked), core, self.quorum, floor=3, share=0.3),
            units_needed=units_needed(asked.values(), breadth=2, large=3),
            hidden=self.hidden,
            texts=[self.text],
            days=self.days,
        )
        self.rounds.append(one)
        if before and before.outcome == Outcome.WITHDRAWN:
            for old in before.unsettled():
                again = Protest(old.raiser, old.ground, 0, self.now, old.for_another, old.repeated, old)
                one.protests.append(again)
        self.passes()

    def in_time(self, name: str) -> Asking:
        one = self.round_under_way()
        must(self.people[name].acts and self.now < one.ends_at)
        return one

    def speaks(self, name: str, stance: Stand, ground: Ground = Ground.UNSAFE) -> None:
        one = self.in_time(name)
        must(name in one.asked)
        self._put(one, Word(self.now, name, stance, one.number))
        goes_on: Protest | None = None
        for own in one.own_unsettled(name):
            changed = one.number > own.raised_on and stance != Stand.OBJECT
            goes_on = own if stance == Stand.OBJECT and own.ground == ground else goes_on
            if stance == Stand.OBJECT:
                how = How.ANEW
            else:
                how = How.CHANGE if changed and own.origin is None else How.WITHDRAWN
            self._settle(own, how, name)
            if goes_on is None:
                self._gives_back(one, own)
        if stance == Stand.OBJECT:
            repeated = goes_on.repeated if goes_on else self._is_repeated(one, name, ground)
            anew = Protest(name, ground, one.number, self.now, repeated=repeated, taken_from=goes_on)
            one.protests.append(anew)
        self.passes()

    def enters(self, name: str, other: str, stance: Stand) -> None:
        one = self.in_time(name)
        before = one.current(other)
        must(name != other and other in one.asked and not (before and not before.entered_by))
        self._put(one, Word(self.now, other, stance, one.number, entered_by=name))
        self.passes()

    def _put(self, one: Asking, word: Word) -> None:
        if before := one.current(word.person):
            before.replaced = True
        one.words.append(word)

    def _is_repeated(self, one: Asking, name: str, ground: Ground) -> bool:
        before = self.rounds[-2] if len(self.rounds) > 1 else None
        if before is None or before.outcome in (Outcome.ACCEPTED, Outcome.WITHDRAWN):
            return False
        mine = [
            each for each in before.protests if (each.raiser, each.ground, each.for_another) == (name, ground, False)
        ]
        claimed = any(each.offers for each in mine) and any(each.how is None for each in mine)
        return claimed and binding_changed(before.texts[-1].parts, one.texts[-1].parts, BINDING)

    def objects_for_another(self, name: str, ground: Ground) -> None:
        one = self.in_time(name)
        must(self.people[name].facilitator)
        must(not any(each.for_another and each.raiser == name for each in one.protests))
        one.protests.append(Protest(name, ground, one.number, self.now, for_another=True))
        self.passes()

    def _settle(self, protest: Protest, how: How, by: str) -> None:
        protest.how, protest.settled_at, protest.settled_by = how, self.now, by

    def settles(self, name: str, protest: Protest, how: How) -> None:
        one = self.in_time(name)
        must(protest in one.unsettled())
        if how == How.TAKEN_UP:
            self._can_take_up(one, name, protest)
            taken = Protest(name, protest.ground, protest.raised_on, self.now, taken_from=protest)
            one.protests.append(taken)
        else:
            must(protest.raiser == name and how in (How.CHANGE, How.WITHDRAWN))
            must(how == How.WITHDRAWN or one.number > protest.raised_on)
        self._settle(protest, how, name)
        self._gives_back(one, protest)
        self.passes()

    def _gives_back(self, one: Asking, protest: Protest) -> None:
        """Let go by who took it up, it is its raiser's again, unless they have said otherwise since."""
        origin = protest.origin
        if origin is None or protest.how in (How.CHANGE, How.TAKEN_UP):
            return
        word = one.current(origin.raiser)
        spoken = bool(word and not word.entered_by and origin.settled_at and word.at > origin.settled_at)
        same = (origin.raiser, origin.for_another)
        if any((each.raiser, each.for_another) == same for each in one.unsettled()):
            return
        if origin.for_another or not spoken:
            again = Protest(origin.raiser, origin.ground, protest.raised_on, self.now, origin.for_another)
            again.repeated, again.taken_from = origin.repeated, protest
            one.protests.append(again)

    def _can_take_up(self, one: Asking, name: str, protest: Protest) -> None:
        must(name in one.asked and name != protest.raiser and not one.own_unsettled(name) and name not in one.makers)
        must(self._against(one, protest, self.now + SECOND, self.now).waits or not self.people[protest.raiser].here)

    def answers(self, name: str, protest: Protest) -> None:
        one = self.in_time(name)
        must(self.is_neutral(name, one) and protest in one.unsettled() and one.number > protest.raised_on)
        must(self.people[protest.raiser].here)
        must(protest.offer is None and all(offer.number != one.number for offer in protest.offers))
        protest.offers.append(Offer(name, one.number, self.now))
        self.passes()

    def sees(self, name: str) -> None:
        """Whoever objected opens what needs them."""
        one = self.round_under_way()
        must(self.people[name].here)
        for protest in one.unsettled():
            if protest.raiser == name and protest.offer:
                protest.offer.seen_at = protest.offer.seen_at or self.now
        self.passes()

    def keeps(self, name: str, protest: Protest) -> None:
        one = self.in_time(name)
        must(protest in one.unsettled() and protest.raiser == name and protest.offer)
        assert protest.offer
        protest.offer.over_at = self.now
        self.passes()

    def amends(self, name: str, text: Text) -> None:
        one = self.in_time(name)
        left = not self.people[one.opener].here
        must(name == one.opener or (left and self.people[name].facilitator))
        must(len(one.moved) < 2 and text.parts != one.texts[-1].parts)
        if binding_changed(one.texts[-1].parts, text.parts, BINDING):
            self._ask_again(one)
        self.text = text
        one.texts.append(text)
        one.moved.append((self.now, name))
        one.closes_at = max(one.closes_at, self.now + AMENDED)
        self.passes()

    def _ask_again(self, one: Asking) -> None:
        for word in one.words:
            word.replaced = True
        for protest in one.unsettled():
            if protest.offer:
                protest.offer.over_at = self.now

    def withdraws(self, name: str) -> None:
        one = self.in_time(name)
        must(name == one.opener)
        self._end(Outcome.WITHDRAWN, name)

    def overtakes(self) -> None:
        self.round_under_way().overtaken = True
        self.passes()

    def decides(self, name: str, outcome: Outcome) -> None:
        one, left = self.round_under_way(), self.ending()
        member = self.people[name]
        must((member.acts and name in one.asked) or self.is_neutral(name, one))
        if outcome == left.by_rule:
            self._end(outcome, RULE)
        else:
            must(outcome in left.by_facilitator and self.is_neutral(name, one))
            self._end(outcome, name)

    def _end(self, outcome: Outcome, by: str) -> None:
        one = self.round_under_way()
        one.somebody_could = self.somebody_decides(one)
        one.outcome, one.ended_at, one.ended_by = outcome, self.now, by
        self.wrong += self.judge(self, one)
