"""Externalizing: ask, respond, say what helped, close."""

from dataclasses import dataclass

from commonplace.demo.world import World
from commonplace.externalizing import acts
from commonplace.externalizing.models import Benefit, Exchange, Kind, Purpose, Response, ResponseKind, WhyUnresolved


@dataclass(frozen=True, slots=True)
class Ask:
    by: str
    community: str
    id: str
    kind: Kind
    purpose: Purpose
    title: str
    body: str
    topics: tuple[str, ...]

    def perform(self, world: World) -> None:
        exchange = Exchange(kind=self.kind, purpose=self.purpose, title=self.title, body=self.body)
        community = world.community(self.community)
        world.keep(self.id, acts.ask(world.person(self.by), community, exchange=exchange, topics=self.topics))


@dataclass(frozen=True, slots=True)
class Respond:
    by: str
    exchange: str
    body: str
    kind: ResponseKind = ResponseKind.ANSWER
    name: str = ""
    on: str = ""

    def perform(self, world: World) -> None:
        target = world.the(Response, f"{self.exchange}/{self.on}") if self.on else None
        response = Response(kind=self.kind, body=self.body, comments_on=target)
        acts.respond(world.person(self.by), world.the(Exchange, self.exchange), response=response)
        world.keep(f"{self.exchange}/{self.name}", response)


@dataclass(frozen=True, slots=True)
class Confirm:
    by: str
    exchange: str
    response: str
    benefit: Benefit

    def perform(self, world: World) -> None:
        helped = world.the(Response, f"{self.exchange}/{self.response}") if self.response else None
        exchange = world.the(Exchange, self.exchange)
        acts.confirm(world.person(self.by), exchange, response=helped, benefit=self.benefit)


@dataclass(frozen=True, slots=True)
class Thank:
    by: str
    exchange: str
    response: str

    def perform(self, world: World) -> None:
        acts.thank(world.person(self.by), world.the(Response, f"{self.exchange}/{self.response}"))


@dataclass(frozen=True, slots=True)
class Close:
    by: str
    exchange: str
    purpose: Purpose
    why: str = ""

    def perform(self, world: World) -> None:
        exchange = world.the(Exchange, self.exchange)
        why = WhyUnresolved(self.why) if self.why else None
        acts.close(world.person(self.by), exchange, purpose=self.purpose, why=why)
