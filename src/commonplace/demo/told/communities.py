"""`[[community]]` of a scenario: how it begins, who comes, serves and leaves."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from commonplace.communities.models import Experience, RoleKind, Stage, Visibility
from commonplace.demo.deeds.communities import ChangeStage, Charter, Found
from commonplace.demo.deeds.people import (
    AskToJoin,
    ComeInvited,
    GrantRole,
    HandOver,
    Join,
    Leave,
    LetIn,
    SayKnownFor,
    Welcome,
)
from commonplace.demo.happening import Deed, Happening
from commonplace.demo.moments import Calendar
from commonplace.demo.told.people import ToldPerson

ANSWERED_AFTER = timedelta(hours=5)
JOINED_AFTER = timedelta(minutes=40)


class How(StrEnum):
    INVITED = "invited"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class ToldMember:
    at: str
    by: str
    how: How
    words: str = ""
    experience: Experience = Experience.UNSAID

    def deeds(self, community: str, founder: str) -> list[Deed]:
        if self.how == How.INVITED:
            return [ComeInvited(self.by, community, founder, self.experience)]
        return [AskToJoin(self.by, community, self.words, self.experience), LetIn(founder, community, self.by)]


@dataclass(frozen=True, slots=True)
class ToldWaiting:
    at: str
    by: str
    words: str
    experience: Experience = Experience.UNSAID

    def deeds(self, community: str, founder: str) -> list[Deed]:
        return [AskToJoin(self.by, community, self.words, self.experience)]


@dataclass(frozen=True, slots=True)
class ToldRole:
    at: str
    by: str
    person: str
    kind: RoleKind

    def deeds(self, community: str, founder: str) -> list[Deed]:
        return [GrantRole(self.by, community, self.person, self.kind)]


@dataclass(frozen=True, slots=True)
class ToldHandOver:
    at: str
    by: str
    successor: str
    kind: RoleKind

    def deeds(self, community: str, founder: str) -> list[Deed]:
        return [HandOver(self.by, community, self.successor, self.kind)]


@dataclass(frozen=True, slots=True)
class ToldWelcome:
    at: str
    by: str

    def deeds(self, community: str, founder: str) -> list[Deed]:
        return [Welcome(self.by, community)]


@dataclass(frozen=True, slots=True)
class ToldChange:
    at: str
    by: str
    stage: Stage

    def deeds(self, community: str, founder: str) -> list[Deed]:
        return [ChangeStage(self.by, community, self.stage)]


@dataclass(frozen=True, slots=True)
class ToldKnownFor:
    """`words`: what they may be asked about."""

    at: str
    by: str
    words: str
    topics: list[str] = field(default_factory=list)
    shows: list[str] = field(default_factory=list)

    def deeds(self, community: str, founder: str) -> list[Deed]:
        return [SayKnownFor(self.by, community, self.words, tuple(self.topics), tuple(self.shows))]


ToldEvent = ToldChange | ToldMember | ToldWaiting | ToldRole | ToldHandOver | ToldKnownFor | ToldWelcome


@dataclass(frozen=True, slots=True)
class ToldCommunity:
    id: str
    title: str
    visibility: Visibility
    stage: Stage
    time_zone: str
    by: str
    at: str
    domain: str
    purpose: str
    norms: str
    quorum: int
    round_days: int
    refusal_days: int
    review_days: int
    place: str
    everyone: bool = False
    change: list[ToldChange] = field(default_factory=list)
    member: list[ToldMember] = field(default_factory=list)
    waiting: list[ToldWaiting] = field(default_factory=list)
    role: list[ToldRole] = field(default_factory=list)
    hand_over: list[ToldHandOver] = field(default_factory=list)
    known_for: list[ToldKnownFor] = field(default_factory=list)
    welcome: list[ToldWelcome] = field(default_factory=list)

    def happenings(self, calendar: Calendar, people: list[ToldPerson]) -> Iterator[Happening]:
        began = calendar.moment(self.at, calendar.on(-1), self.place)
        yield Happening(began, self._founding(), self.place)
        yield from self._joining(calendar, people, began)
        events: list[ToldEvent] = [*self.change, *self.member, *self.waiting, *self.role, *self.hand_over]
        events += self.known_for
        events += self.welcome
        for event in events:
            at = calendar.moment(event.at, began, self.place)
            for number, deed in enumerate(event.deeds(self.id, self.by)):
                yield Happening(at + number * ANSWERED_AFTER, deed, self.place)

    def _founding(self) -> Found:
        terms = {name: getattr(self, name) for name in Charter.__dataclass_fields__}
        return Found(self.by, self.id, self.title, self.visibility, self.stage, self.time_zone, Charter(**terms))

    def _joining(self, calendar: Calendar, people: list[ToldPerson], began: datetime) -> Iterator[Happening]:
        """Those who work in a unit join a community of everyone on their first day, until they leave."""
        for person in people:
            if self.everyone and person.unit and person.id != self.by:
                at = max(calendar.on(person.joined, 8), began) + JOINED_AFTER
                yield Happening(at, Join(person.id, self.id, person.experience), person.place)
            if self.everyone and person.left:
                yield Happening(calendar.on(person.left, 16), Leave(person.id, self.id), person.place)
