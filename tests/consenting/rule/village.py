"""Who lives in the small world: people who come, go and are sent away, texts, and what was said in a round."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from commonplace.consenting.kinds import Ground, How, Outcome, Stand

BINDING = frozenset({"title", "how"})
REMEDY = timedelta(days=10)
LETTERS = "abcdefgh"


@dataclass
class Member:
    """`went`: when they left or came back by themselves, were removed, were found to be a bot or no bot."""

    name: str
    unit: str = ""
    active: bool = True
    facilitator: bool = False
    sponsor: bool = False
    bot: bool = False
    here: bool = True
    went: list[tuple[datetime, str]] = field(default_factory=list)

    def is_gone(self, before: datetime) -> bool:
        left = bot = False
        for at, what in self.went:
            if at < before:
                left = {"left": True, "back": False}.get(what, left)
                bot = {"bot": True, "no bot": False}.get(what, bot)
        return left or bot

    def was_removed(self, before: datetime) -> bool:
        """And is not back."""
        moves = [what for at, what in self.went if at < before and "bot" not in what]
        return moves[-1:] == ["removed"]

    @property
    def acts(self) -> bool:
        return self.here and not self.bot

    @property
    def is_asked(self) -> bool:
        return self.acts and not self.sponsor


@dataclass(frozen=True)
class Text:
    """`days` is a number in a part that does not bind, `why` and `layout` are words and white space in it."""

    writers: frozenset[str] = frozenset()
    title: int = 0
    how: int = 0
    days: int = 0
    why: int = 0
    layout: int = 0

    @property
    def parts(self) -> dict[str, str]:
        gap = ("\n", "  ", " ")[self.layout % 3]
        why = gap.join(["Because", LETTERS[self.why % 8], f"takes {self.days + 1} days"])
        return {"title": f"Title{gap}{LETTERS[self.title % 8]}", "how": f"Do {LETTERS[self.how % 8]}", "why": why}

    @property
    def binds(self) -> tuple[int, int, int]:
        return self.title % 8, self.how % 8, self.days

    def retyped(self, by: str, part: str, step: int = 1) -> Text:
        return replace(self, writers=frozenset({by}), **{part: getattr(self, part) + step})


@dataclass
class Word:
    at: datetime
    person: str
    stance: Stand
    number: int
    entered_by: str = ""
    replaced: bool = False


@dataclass
class Offer:
    """That a text meets an objection. `over_at`: its raiser said no, or the text was changed again in what binds."""

    by: str
    number: int
    at: datetime
    seen_at: datetime | None = None
    over_at: datetime | None = None


@dataclass(eq=False)
class Protest:
    """An objection."""

    raiser: str
    ground: Ground
    raised_on: int
    at: datetime
    for_another: bool = False
    repeated: bool = False
    taken_from: Protest | None = None
    offers: list[Offer] = field(default_factory=list)
    how: How | None = None
    settled_at: datetime | None = None
    settled_by: str = ""

    @property
    def origin(self) -> Protest | None:
        """Somebody else's, that it was taken up from."""
        before = self.taken_from
        while before and before.raiser == self.raiser:
            before = before.taken_from
        return before if before and before.how == How.TAKEN_UP else None

    @property
    def offer(self) -> Offer | None:
        return next((one for one in self.offers if one.over_at is None), None)

    def held_at(self) -> datetime | None:
        return self.offer.seen_at + REMEDY if self.offer and self.offer.seen_at else None

    def holds_open_until(self, closes_at: datetime) -> datetime:
        """Its raiser may say no for ten days from when they saw what is said to meet it, or until they answer."""
        until = closes_at
        for offer in self.offers:
            if offer.seen_at and offer.seen_at < closes_at:
                ends = [offer.seen_at + REMEDY, offer.over_at, self.settled_at]
                until = max(until, min(end for end in ends if end))
        return until


@dataclass(eq=False)
class Asking:
    """A round. `charter`, `core`: what the quorum came from, at the opening. `moved`: when it moved to a newer text."""

    opener: str
    opened_at: datetime
    closes_at: datetime
    asked: dict[str, str]
    charter: int | None
    core: int
    quorum: int
    units_needed: int
    hidden: bool
    texts: list[Text]
    days: int
    words: list[Word] = field(default_factory=list)
    protests: list[Protest] = field(default_factory=list)
    moved: list[tuple[datetime, str]] = field(default_factory=list)
    overtaken: bool = False
    outcome: Outcome | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    somebody_could: bool = False

    @property
    def number(self) -> int:
        return len(self.texts) - 1

    @property
    def ends_at(self) -> datetime:
        return max([self.closes_at, *(one.holds_open_until(self.closes_at) for one in self.protests)])

    @property
    def makers(self) -> set[str]:
        return {self.opener}.union(*(text.writers for text in self.texts))

    @property
    def part_of(self) -> set[str]:
        return self.makers | {one.raiser for one in self.protests}

    def unsettled(self) -> list[Protest]:
        return [one for one in self.protests if one.how is None]

    def own_unsettled(self, person: str) -> list[Protest]:
        return [one for one in self.unsettled() if one.raiser == person and not one.for_another]

    def current(self, person: str) -> Word | None:
        return next((word for word in self.words if word.person == person and not word.replaced), None)
