"""Steering: an objective is stated, signed by both sides, judged, and written anew."""

from dataclasses import dataclass
from datetime import date

from commonplace.consenting import acts as rounds
from commonplace.consenting.kinds import Ground, Kind, Outcome, Stand
from commonplace.consenting.models import Proposal
from commonplace.demo.world import World
from commonplace.steering import acts
from commonplace.steering.models import Card, Objective, Side


@dataclass(frozen=True, slots=True)
class Wording:
    statement: str
    why: str
    beneficiary: str
    horizon: date
    baseline: str
    levels: tuple[str, str, str, str, str]
    metrics: tuple[str, ...]
    review_days: int

    def card(self) -> Card:
        much_less, less, expected, more, much_more = self.levels
        levels = {"much_less": much_less, "less": less, "expected": expected, "more": more, "much_more": much_more}
        plain = {name: getattr(self, name) for name in ("statement", "why", "beneficiary", "horizon", "baseline")}
        return Card(**plain, **levels, metrics=list(self.metrics), review_days=self.review_days)


@dataclass(frozen=True, slots=True)
class State:
    by: str
    community: str
    id: str
    wording: Wording

    def perform(self, world: World) -> None:
        stated = acts.state(world.person(self.by), world.community(self.community), card=self.wording.card())
        world.keep(self.id, stated)


@dataclass(frozen=True, slots=True)
class WriteCard:
    by: str
    objective: str
    wording: Wording

    def perform(self, world: World) -> None:
        base = _newest(world, self.objective)
        acts.write_card(world.person(self.by), base.objective, card=self.wording.card(), base=base)


@dataclass(frozen=True, slots=True)
class SponsorSigns:
    by: str
    objective: str

    def perform(self, world: World) -> None:
        acts.sign(world.person(self.by), _newest(world, self.objective))


@dataclass(frozen=True, slots=True)
class AskCommunity:
    by: str
    objective: str

    def perform(self, world: World) -> None:
        card = _newest(world, self.objective)
        proposal = Proposal(matter=Kind.CARD, number=card.number)
        world.keep(self.objective, rounds.propose(world.person(self.by), card.objective, proposal=proposal))


@dataclass(frozen=True, slots=True)
class Speak:
    by: str
    objective: str
    stance: Stand
    words: str = ""

    def perform(self, world: World) -> None:
        on = world.the(Proposal, self.objective)
        ground = Ground.UNCLEAR if self.stance == Stand.OBJECT else None
        rounds.take_stance(world.person(self.by), on, stance=self.stance, reason=self.words, ground=ground)


@dataclass(frozen=True, slots=True)
class DecideRound:
    by: str
    objective: str
    outcome: Outcome
    words: str

    def perform(self, world: World) -> None:
        on = world.the(Proposal, self.objective)
        on.refresh_from_db(fields=["decided_at", "closes_at"])  # It may have ended when the last one spoke.
        if on.is_open:
            rounds.decide(world.person(self.by), on, outcome=self.outcome, reason=self.words)


@dataclass(frozen=True, slots=True)
class Judge:
    by: str
    objective: str
    side: Side
    level: int
    words: str

    def perform(self, world: World) -> None:
        cards = world.the(Objective, self.objective).cards.order_by("-number")
        card = next(card for card in cards if card.is_signed)
        acts.judge(world.person(self.by), card, side=self.side, level=self.level, words=self.words)


def _newest(world: World, objective: str) -> Card:
    return world.the(Objective, objective).cards.latest("number")
