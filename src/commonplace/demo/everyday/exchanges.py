"""Everyday exchanges, made of the scenario's pieces: lively, mostly answered, often helpful, not always."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from commonplace.demo.deeds.exchanges import Ask, Close, Confirm, Respond
from commonplace.demo.everyday.dice import Dice
from commonplace.demo.happening import Happening
from commonplace.demo.told.background import ToldBackground, ToldPiece
from commonplace.externalizing.models import ASKED, Benefit, Purpose, ResponseKind, WhyUnresolved

PLACE = "the everyday background"
BENEFITS = (
    [Benefit.SOLUTION] * 11
    + [Benefit.VALIDATION] * 3
    + [Benefit.REFORMULATION] * 3
    + [Benefit.META_KNOWLEDGE] * 2
    + [Benefit.LEGITIMATION]
)
ANSWER_HOURS, COMMENT_HOURS, CONFIRM_HOURS, CLOSE_HOURS, GIVE_UP_HOURS = 2.6, 9, 11, 60, 700


def exchanges(background: ToldBackground, dice: Dice) -> Iterator[Happening]:
    moments = sorted(
        dice.working_moment(background.first_day, background.last_day) for _ in range(background.exchanges)
    )
    pieces: list[ToldPiece] = []
    for number, at in enumerate(moments):
        pieces = pieces or dice.mixed(background.piece)
        yield from Everyday(f"everyday-{number}", pieces.pop(), background, dice).happenings(at)


@dataclass(slots=True)
class Everyday:
    """One exchange in the making."""

    id: str
    piece: ToldPiece
    background: ToldBackground
    dice: Dice

    def happenings(self, at: datetime) -> Iterator[Happening]:
        fill, dice = self._fillings(), self.dice
        opener = (self.piece.newcomer and dice.newcomer(at)) or dice.somebody(at)
        words = (self.piece.title.format(**fill), self.piece.body.format(**fill), tuple(self.piece.topics))
        ask = Ask(opener, self.background.community, self.id, self.piece.kind, self.piece.purpose, *words)
        yield Happening(at, ask, PLACE)
        if dice.happens(self.background.unanswered):
            return
        answers = [answer.format(**fill) for answer in self._answers()]
        yield from self._answered(at, opener, answers, fill)

    def _answers(self) -> list[str]:
        known = self.dice.mixed(self.piece.answers)
        return known[: self.dice.one([1, 1, 2, 2, 3])]

    def _answered(self, at: datetime, opener: str, answers: list[str], fill: dict[str, str]) -> Iterator[Happening]:
        spoke, answered = [opener], at
        for number, body in enumerate(answers):
            answered = self.dice.later(answered, ANSWER_HOURS * (1 + number))
            spoke.append(self.dice.somebody(answered, but=spoke))
            yield Happening(answered, Respond(spoke[-1], self.id, body, name=str(number)), PLACE)
        if self.dice.happens(30):
            more = self.dice.one(self.background.more).format(**fill)
            yield self._comment(self.dice.somebody(answered, but=spoke), more, answered)
        yield from self._ending(answered, opener, spoke[1])

    def _ending(self, answered: datetime, opener: str, first: str) -> Iterator[Happening]:
        if not self.dice.happens(self.background.helped):
            if self.dice.happens(self.background.closed):
                yield self._given_up(answered, opener)
            return
        helped, asked = self.dice.later(answered, CONFIRM_HOURS), self.piece.kind in ASKED
        if asked and self.dice.happens(55):
            yield self._comment(opener, self.dice.one(self.background.thanks), answered)
        confirmer, response = (opener, "0") if asked else (first, "")
        yield Happening(helped, Confirm(confirmer, self.id, response, self.dice.one(BENEFITS)), PLACE)
        if self.dice.happens(self.background.closed):
            yield Happening(self.dice.later(helped, CLOSE_HOURS), Close(opener, self.id, self._purpose()), PLACE)

    def _given_up(self, answered: datetime, opener: str) -> Happening:
        close = Close(opener, self.id, self.piece.purpose, self.dice.one(list(WhyUnresolved)))
        return Happening(self.dice.later(answered, GIVE_UP_HOURS), close, PLACE)

    def _purpose(self) -> Purpose:
        """Looking back, somebody knew; or nobody did."""
        if not self.dice.happens(self.background.changed_purpose):
            return self.piece.purpose
        return Purpose.REUSE if self.piece.purpose == Purpose.CREATION else Purpose.CREATION

    def _comment(self, by: str, body: str, after: datetime) -> Happening:
        comment = Respond(by, self.id, body, ResponseKind.COMMENT, name="", on="0")
        return Happening(self.dice.later(after, COMMENT_HOURS), comment, PLACE)

    def _fillings(self) -> dict[str, str]:
        station, elsewhere = self.dice.mixed(self.background.stations)[:2]
        asset = self.dice.one(self.background.assets)
        number = str(self.dice.one(self.piece.numbers)) if self.piece.numbers else ""
        capital = asset[0].upper() + asset[1:]
        return {"station": station, "elsewhere": elsewhere, "asset": asset, "Asset": capital, "number": number}
