"""`[[practice]]` of a scenario: how it is written down, tried, agreed on and challenged."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from commonplace.demo.deeds.applications import Apply
from commonplace.demo.deeds.practices import Back, Bring, Challenges, Distil, RefuseWords, Revise, TakeCare
from commonplace.demo.happening import Deed, Happening
from commonplace.demo.moments import Calendar
from commonplace.demo.told.rounds import Telling, ToldRound
from commonplace.demo.told.timed import Timed
from commonplace.internalizing.models import Help, Outcome
from commonplace.objectifying.status import Authority, SourceKind

TAKEN_ON_AFTER = timedelta(days=3, hours=2)


@dataclass(frozen=True, slots=True)
class ToldRefusal:
    at: str
    by: str
    response: str

    def deed(self, practice: str) -> Deed:
        return RefuseWords(self.by, practice, self.response)


@dataclass(frozen=True, slots=True)
class ToldApplication:
    at: str
    by: str
    where: str
    outcome: Outcome
    words: str = ""
    help: Help = Help.UNSAID
    name: str = ""

    def deed(self, practice: str) -> Deed:
        return Apply(self.by, practice, self.where, self.outcome, self.words, self.help, self.name)


@dataclass(frozen=True, slots=True)
class ToldVersion:
    at: str
    by: str
    note: str
    context: str = ""
    how: str = ""
    why: str = ""
    limits: str = ""

    def deed(self, practice: str) -> Deed:
        return Revise(self.by, practice, self.context, self.how, self.why, self.limits, self.note)


@dataclass(frozen=True, slots=True)
class ToldChallenge:
    name: str
    at: str
    by: str
    words: str
    application: str = ""
    ground: str = "failed"

    def deed(self, practice: str) -> Deed:
        return Challenges(self.by, practice, self.name, self.words, self.application, self.ground)


@dataclass(frozen=True, slots=True)
class ToldBacking:
    at: str
    by: str

    def deed(self, practice: str) -> Deed:
        return Back(self.by, practice)


@dataclass(frozen=True, slots=True)
class ToldBringing:
    """`since`: a day, or nothing; `original`: the id of another community's practice."""

    authority: Authority
    source_kind: SourceKind = SourceKind.COMMUNITY
    source: str = ""
    owner: str = ""
    since: str = ""
    original: str = ""


ToldStep = ToldBacking | ToldRefusal | ToldApplication | ToldVersion | ToldChallenge


@dataclass(frozen=True, slots=True)
class ToldPractice:
    """Out of `exchanges`, or `brought` in. `everyday`: how many uses the background reports between acceptance and the
    day `everyday_until` (0 is today)."""

    id: str
    community: str
    by: str
    at: str
    title: str
    context: str
    how: str
    why: str
    limits: str
    place: str
    exchanges: list[str] = field(default_factory=list)
    brought: ToldBringing | None = None
    backing: list[ToldBacking] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    steward: str = ""
    everyday: int = 0
    everyday_until: int = 0
    worked: list[str] = field(default_factory=list)
    adapted: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    refusal: list[ToldRefusal] = field(default_factory=list)
    application: list[ToldApplication] = field(default_factory=list)
    version: list[ToldVersion] = field(default_factory=list)
    challenge: list[ToldChallenge] = field(default_factory=list)
    round: list[ToldRound] = field(default_factory=list)

    def happenings(self, calendar: Calendar, round_days: int) -> Iterator[Happening]:
        written = calendar.moment(self.at, calendar.on(-1), self.place)
        yield Happening(written, self._bring(self.brought) if self.brought else self._distil(), self.place)
        for at, deed in (*self._steps(calendar, written), *self._rounds(calendar, round_days)):
            yield Happening(at, deed, self.place)

    def accepted_at(self, calendar: Calendar) -> datetime | None:
        """When it was accepted first."""
        moments = (Telling(self.id, one, 0, calendar, self.place).accepted_at() for one in self.round)
        return min((at for at in moments if at), default=None)

    def _distil(self) -> Distil:
        parts = (self.context, self.how, self.why, self.limits)
        came_from = (tuple(self.exchanges), tuple(self.quoted), tuple(self.authors))
        return Distil(self.by, self.community, self.id, self.title, *parts, *came_from)

    def _bring(self, brought: ToldBringing) -> Bring:
        return Bring(
            self.by,
            self.community,
            self.id,
            self.title,
            *(self.context, self.how, self.why, self.limits),
            source_kind=brought.source_kind,
            authority=brought.authority,
            source=brought.source,
            owner=brought.owner,
            since_on=date.fromisoformat(brought.since) if brought.since else None,
            original=brought.original,
        )

    def _steps(self, calendar: Calendar, written: datetime) -> Iterator[Timed]:
        if self.steward:
            yield written + TAKEN_ON_AFTER, TakeCare(self.steward, self.id)
        steps: list[ToldStep] = [*self.backing, *self.refusal, *self.application, *self.version, *self.challenge]
        for step in steps:
            yield calendar.moment(step.at, written, self.place), step.deed(self.id)

    def _rounds(self, calendar: Calendar, days: int) -> Iterator[Timed]:
        for one in self.round:
            yield from Telling(self.id, one, days, calendar, self.place).deeds()
