"""`[[exchange]]` of a scenario: how it is opened, what is answered, what helped, how it ends."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from commonplace.demo.deeds.exchanges import Ask, Close, Confirm, Respond, Thank
from commonplace.demo.happening import Deed, Happening
from commonplace.demo.moments import Calendar
from commonplace.demo.unreadable import ScenarioError
from commonplace.externalizing.models import Benefit, Kind, Purpose, ResponseKind, WhyUnresolved


@dataclass(frozen=True, slots=True)
class ToldResponse:
    """`name` lets a confirmation or a comment (`on`) point here."""

    by: str
    at: str
    body: str
    kind: ResponseKind = ResponseKind.ANSWER
    name: str = ""
    on: str = ""

    def deed(self, exchange: "ToldExchange", number: int) -> Deed:
        return Respond(self.by, exchange.id, self.body, self.kind, self.name or str(number), self.on)


@dataclass(frozen=True, slots=True)
class ToldConfirmation:
    """Without `by` it is who opened the exchange."""

    at: str
    benefit: Benefit
    response: str = ""
    by: str = ""

    def deed(self, exchange: "ToldExchange", number: int) -> Deed:
        return Confirm(self.by or exchange.by, exchange.id, self.response, self.benefit)


@dataclass(frozen=True, slots=True)
class ToldClosing:
    at: str
    purpose: Purpose
    why: WhyUnresolved | None = None
    by: str = ""

    def deed(self, exchange: "ToldExchange", number: int) -> Deed:
        return Close(self.by or exchange.by, exchange.id, self.purpose, self.why or "")


@dataclass(frozen=True, slots=True)
class ToldThanks:
    by: str
    at: str
    response: str

    def deed(self, exchange: "ToldExchange", number: int) -> Deed:
        return Thank(self.by, exchange.id, self.response)


ToldPart = ToldResponse | ToldConfirmation | ToldThanks | ToldClosing


@dataclass(frozen=True, slots=True)
class ToldExchange:
    id: str
    community: str
    by: str
    at: str
    kind: Kind
    purpose: Purpose
    title: str
    body: str
    topics: list[str]
    place: str
    response: list[ToldResponse] = field(default_factory=list)
    confirmation: list[ToldConfirmation] = field(default_factory=list)
    thanks: list[ToldThanks] = field(default_factory=list)
    closing: ToldClosing | None = None

    def happenings(self, calendar: Calendar) -> Iterator[Happening]:
        self._check_names()
        opened = calendar.moment(self.at, calendar.on(-1), self.place)
        yield Happening(opened, self._ask(), self.place)
        closing = [self.closing] if self.closing else []
        parts: list[ToldPart] = [*self.response, *self.confirmation, *self.thanks, *closing]
        for number, part in enumerate(parts):
            yield Happening(self._later(calendar, part.at, opened), part.deed(self, number), self.place)

    def _ask(self) -> Ask:
        return Ask(self.by, self.community, self.id, self.kind, self.purpose, self.title, self.body, tuple(self.topics))

    def _later(self, calendar: Calendar, at: str, opened: datetime) -> datetime:
        moment = calendar.moment(at, opened, self.place)
        if moment <= opened:
            raise ScenarioError(self.place, f"{at} is not after its opening")
        return moment

    def _check_names(self) -> None:
        known = {response.name for response in self.response} | {""}
        helped = [*(part.response for part in self.confirmation), *(part.response for part in self.thanks)]
        mentioned = [*(part.on for part in self.response), *helped]
        for name in mentioned:
            if name not in known:
                raise ScenarioError(self.place, f"no response here is called {name!r}")
