"""`[[objective]]` of a scenario: its cards, and how each side judges it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from commonplace.demo.deeds.objectives import Judge, State, WriteCard
from commonplace.demo.happening import Deed, Happening
from commonplace.demo.moments import Calendar
from commonplace.demo.told.cards import CardTelling, ToldCard
from commonplace.demo.unreadable import ScenarioError
from commonplace.steering.models import Side


@dataclass(frozen=True, slots=True)
class ToldJudgement:
    at: str
    by: str
    side: Side
    level: int
    words: str


@dataclass(frozen=True, slots=True)
class ToldObjective:
    id: str
    community: str
    sponsor: str
    card: list[ToldCard]
    place: str
    judgement: list[ToldJudgement] = field(default_factory=list)

    def happenings(self, calendar: Calendar, round_days: int) -> Iterator[Happening]:
        if not self.card:
            raise ScenarioError(self.place, "needs a [[objective.card]]")
        for number, card in enumerate(self.card):
            telling = CardTelling(self.id, self.sponsor, card, round_days, calendar, self.place)
            yield Happening(telling.written, self._writing(telling, number), self.place)
            for at, deed in telling.signatures():
                yield Happening(at, deed, self.place)
        for one in self.judgement:
            at = calendar.moment(one.at, calendar.on(-1), self.place)
            yield Happening(at, Judge(one.by, self.id, one.side, one.level, one.words), self.place)

    def _writing(self, telling: CardTelling, number: int) -> Deed:
        """The first card states the objective, the next ones change it."""
        if number:
            return WriteCard(telling.card.by, self.id, telling.wording())
        return State(telling.card.by, self.community, self.id, telling.wording())
