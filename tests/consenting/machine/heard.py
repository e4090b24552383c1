"""A community and its rounds, as one who sat by would have written them down."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from commonplace.consenting.kinds import Kind, Stand
from commonplace.consenting.models import Proposal

REMEDY = timedelta(days=10)
HERE, LEFT, REMOVED = "here", "left", "removed"


@dataclass
class Roll:
    """Who came, left by themselves, was removed, and when; who sponsors; of which unit each says to be."""

    unit: dict[str, str]
    went: list[tuple[datetime, str, str]] = field(default_factory=list)
    sponsors: set[str] = field(default_factory=set)

    def how(self, name: str, until: datetime) -> str:
        moves = [what for at, one, what in self.went if one == name and at <= until]
        return moves[-1] if moves else HERE

    def those(self, how: str, until: datetime) -> set[str]:
        return {name for name in self.unit if self.how(name, until) == how}

    def since(self, name: str) -> datetime:
        return next(at for at, one, _what in reversed(self.went) if one == name)

    def goes(self, name: str, how: str, at: datetime) -> None:
        """Who left before they were removed was removed then: they come back as everybody who was."""
        if how == REMOVED and self.how(name, at) == LEFT:
            place = max(n for n, (_at, one, _what) in enumerate(self.went) if one == name)
            self.went[place] = (self.went[place][0], name, REMOVED)
        else:
            self.went.append((at, name, how))
        if how != HERE:
            self.sponsors.discard(name)


@dataclass
class Rule:
    """Of the community: what a round that opens now will go by."""

    quorum: int | None = None
    hidden_stances: bool = False
    round_days: int = 14


@dataclass(eq=False)
class Against:
    """An objection as somebody heard it: `raised_on` the text; `said_met`: of which text, and since when told;
    `answered`: somebody ever said that a text meets it; `of`: the one that it was taken up from."""

    person: str
    raised_on: int
    repeated: bool = False
    settled: bool = False
    said_met: tuple[int, datetime | None] | None = None
    answered: bool = False
    of: "Against | None" = None

    @property
    def seen_at(self) -> datetime | None:
        return self.said_met[1] if self.said_met else None

    def was_first_of(self, people: Iterable[str]) -> bool:
        """Somebody took it up, from one of these or from who had it from one of these."""
        before = self.of
        while before and before.person not in people:
            before = before.of
        return before is not None


@dataclass
class Heard:
    """A round. `row`: as it was when it opened. `asked`: with the unit of that day. `concerned`: whom it is about;
    `credited`: whose knowledge it is."""

    row: Proposal
    kind: Kind
    asked: dict[str, str]
    quorum: int
    units_needed: int
    hidden: bool
    opener: str
    writers: set[str]
    number: int
    closes_at: datetime
    credited: frozenset[str] = frozenset()
    concerned: str = ""
    changes: Rule | None = None
    voices: dict[str, tuple[Stand, int]] = field(default_factory=dict)
    against: dict[str, Against] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    moves: int = 0
    waited_until: list[datetime] = field(default_factory=list)
    looked_at: object = None

    @property
    def made_it(self) -> set[str]:
        return self.writers | {self.opener}

    @property
    def unsettled(self) -> dict[str, Against]:
        return {pk: one for pk, one in self.against.items() if not one.settled}

    @property
    def ends_at(self) -> datetime:
        """Later than it closes while somebody who was told that their objection is met may still say no."""
        seen = [one.seen_at for one in self.unsettled.values() if one.seen_at and one.seen_at < self.closes_at]
        return max([self.closes_at, *self.waited_until, *(at + REMEDY for at in seen)])

    def is_waited_for_no_more(self, one: Against, at: datetime) -> None:
        """They said no, or it is settled, or the text is another."""
        if one.seen_at and one.seen_at < self.closes_at:
            self.waited_until.append(min(one.seen_at + REMEDY, at))
        one.said_met = None

    def settle(self, one: Against, at: datetime) -> None:
        if not one.settled:
            self.is_waited_for_no_more(one, at)
            one.settled = True
