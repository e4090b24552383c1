"""`[[objective.card]]`: its words, the sponsor's signature, and the round in which the community signs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from commonplace.demo.deeds.objectives import AskCommunity, DecideRound, Speak, SponsorSigns, Wording
from commonplace.demo.deeds.rounds import Stand
from commonplace.demo.happening import Deed
from commonplace.demo.moments import Calendar
from commonplace.demo.told.rounds import ToldConcern, ToldDecision, spread
from commonplace.demo.told.timed import Timed


@dataclass(frozen=True, slots=True)
class ToldCardObjection:
    """`withdrawn` is when who objected consents after all."""

    by: str
    at: str
    words: str
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class ToldCardRound:
    at: str
    by: str
    consent: list[str] = field(default_factory=list)
    concern: list[ToldConcern] = field(default_factory=list)
    objection: list[ToldCardObjection] = field(default_factory=list)
    decision: ToldDecision | None = None


@dataclass(frozen=True, slots=True)
class ToldCard:
    """`horizon` is a day counted from today; `signed` is when the sponsor signs."""

    at: str
    by: str
    statement: str
    why: str
    beneficiary: str
    horizon: int
    baseline: str
    much_less: str
    less: str
    expected: str
    more: str
    much_more: str
    metrics: list[str]
    review_days: int
    signed: str = ""
    round: ToldCardRound | None = None


@dataclass(frozen=True, slots=True)
class CardTelling:
    """A card of one objective, on the calendar."""

    objective: str
    sponsor: str
    card: ToldCard
    days: int
    calendar: Calendar
    place: str

    @property
    def written(self) -> datetime:
        return self.calendar.moment(self.card.at, self.calendar.on(-1), self.place)

    def wording(self) -> Wording:
        card = self.card
        return Wording(
            statement=card.statement,
            why=card.why,
            beneficiary=card.beneficiary,
            horizon=self.calendar.today + timedelta(days=card.horizon),
            baseline=card.baseline,
            levels=(card.much_less, card.less, card.expected, card.more, card.much_more),
            metrics=tuple(card.metrics),
            review_days=card.review_days,
        )

    def signatures(self) -> Iterator[Timed]:
        if self.card.signed:
            yield self._at(self.card.signed, self.written), SponsorSigns(self.sponsor, self.objective)
        if self.card.round:
            opened = self._at(self.card.round.at, self.written)
            yield opened, AskCommunity(self.card.round.by, self.objective)
            yield from self._voices(self.card.round, opened)
            yield from self._doubts(self.card.round, opened)

    def _voices(self, asked: ToldCardRound, opened: datetime) -> Iterator[Timed]:
        voices: list[Deed] = [Speak(by, self.objective, Stand.CONSENT) for by in asked.consent]
        yield from spread(voices, opened, min(opened + timedelta(days=self.days), self.calendar.on(0, 0)))
        if asked.decision:
            decided = DecideRound(asked.decision.by, self.objective, asked.decision.outcome, asked.decision.words)
            yield self._at(asked.decision.at, opened), decided

    def _doubts(self, asked: ToldCardRound, opened: datetime) -> Iterator[Timed]:
        for concern in asked.concern:
            yield self._at(concern.at, opened), Speak(concern.by, self.objective, Stand.CONCERN, concern.words)
        for one in asked.objection:
            yield self._at(one.at, opened), Speak(one.by, self.objective, Stand.OBJECT, one.words)
            if one.withdrawn:
                yield self._at(one.withdrawn, opened), Speak(one.by, self.objective, Stand.CONSENT)

    def _at(self, text: str, since: datetime) -> datetime:
        return self.calendar.moment(text, since, self.place)
