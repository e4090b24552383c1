"""`[[practice.round]]`: who consents, who objects, how it is met, what is decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings

from commonplace.consenting.kinds import Ground, Kind, Outcome
from commonplace.demo.deeds.rounds import Amend, Decide, Meet, Object, Propose, Stand, TakeStance, Withdraw
from commonplace.demo.happening import Deed
from commonplace.demo.moments import Calendar
from commonplace.demo.told.timed import Timed
from commonplace.demo.unreadable import ScenarioError


@dataclass(frozen=True, slots=True)
class ToldConcern:
    by: str
    at: str
    words: str


@dataclass(frozen=True, slots=True)
class ToldObjection:
    """`withdrawn` and `met` are times; without either it stands. Who raised it says that a change meets it."""

    name: str
    by: str
    at: str
    words: str
    ground: Ground = Ground.UNSAFE
    withdrawn: str = ""
    met: str = ""


@dataclass(frozen=True, slots=True)
class ToldAmendment:
    """What is not said stays as it was. Everyone is asked again: `consent` and `aside` are who speaks after it."""

    at: str
    by: str
    note: str
    context: str = ""
    how: str = ""
    why: str = ""
    limits: str = ""
    consent: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ToldDecision:
    at: str
    by: str
    outcome: Outcome
    words: str


@dataclass(frozen=True, slots=True)
class ToldRound:
    """People named in `consent` and `aside` speak one after the other until the round is amended, decided or today."""

    at: str
    by: str
    aim: str
    matter: Kind = Kind.ACCEPTANCE
    challenge: str = ""
    outcome: str = ""
    consent: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    concern: list[ToldConcern] = field(default_factory=list)
    objection: list[ToldObjection] = field(default_factory=list)
    amendment: list[ToldAmendment] = field(default_factory=list)
    decision: ToldDecision | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """A round of one practice, on the calendar."""

    practice: str
    script: ToldRound
    days: int
    calendar: Calendar
    place: str

    @property
    def opened(self) -> datetime:
        return self.calendar.moment(self.script.at, self.calendar.on(-1), self.place)

    def deeds(self) -> Iterator[Timed]:
        script = self.script
        if (script.matter == Kind.SETTLEMENT) != bool(script.challenge):
            raise ScenarioError(self.place, "a settlement names its challenge, and only a settlement does")
        yield self.opened, Propose(script.by, self.practice, script.aim, script.challenge, script.outcome)
        yield from self._voices()
        yield from self._concerns()
        yield from self._objections()
        yield from self._amendments()
        if script.decision:
            decision = script.decision
            yield self._at(decision.at), Decide(decision.by, self.practice, decision.outcome, decision.words)

    def accepted_at(self) -> datetime | None:
        decision = self.script.decision
        if self.script.matter == Kind.ACCEPTANCE and decision and decision.outcome == Outcome.ACCEPTED:
            return self._at(decision.at)
        return None

    def _at(self, text: str) -> datetime:
        return self.calendar.moment(text, self.opened, self.place)

    def _voices(self) -> Iterator[Timed]:
        asked = [(self.opened, self.script.consent, self.script.aside)]
        asked += [(self._at(change.at), change.consent, change.aside) for change in self.script.amendment]
        ends = [start for start, _, _ in asked[1:]] + [self._end(asked[-1][0])]
        for (start, consent, aside), end in zip(asked, ends, strict=True):
            voices = [TakeStance(by, self.practice, Stand.CONSENT) for by in consent]
            voices += [TakeStance(by, self.practice, Stand.ASIDE) for by in aside]
            yield from spread(voices, start, end)

    def _end(self, start: datetime) -> datetime:
        """An amendment moves the close only where it came late."""
        closes = max(self.opened + timedelta(days=self.days), start + timedelta(days=settings.AMENDED_DAYS))
        return min(closes, self.calendar.on(0, 0))

    def _concerns(self) -> Iterator[Timed]:
        for concern in self.script.concern:
            yield self._at(concern.at), TakeStance(concern.by, self.practice, Stand.CONCERN, concern.words)

    def _objections(self) -> Iterator[Timed]:
        for objection in self.script.objection:
            yield (
                self._at(objection.at),
                Object(objection.by, self.practice, objection.name, objection.ground, objection.words),
            )
            if objection.withdrawn:
                yield self._at(objection.withdrawn), Withdraw(objection.by, self.practice, objection.name)
            if objection.met:
                yield self._at(objection.met), Meet(objection.by, self.practice, objection.name)

    def _amendments(self) -> Iterator[Timed]:
        for change in self.script.amendment:
            words = (change.context, change.how, change.why, change.limits)
            yield self._at(change.at), Amend(change.by, self.practice, *words, change.note)


def spread(deeds: Sequence[Deed], start: datetime, end: datetime) -> Iterator[Timed]:
    """One after the other between start and end, neither of which is used."""
    step = (end - start) / (len(deeds) + 1)
    for number, deed in enumerate(deeds, 1):
        yield start + number * step, deed
