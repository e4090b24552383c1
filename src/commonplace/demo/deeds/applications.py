"""Internalizing: somebody used a practice in real work."""

from dataclasses import dataclass

from commonplace.demo.world import World
from commonplace.internalizing import acts
from commonplace.internalizing.models import Application, Help, Outcome
from commonplace.objectifying.models import Practice


@dataclass(frozen=True, slots=True)
class Apply:
    by: str
    practice: str
    where: str
    outcome: Outcome
    words: str = ""
    help: Help = Help.UNSAID
    name: str = ""

    def perform(self, world: World) -> None:
        application = Application(where=self.where, outcome=self.outcome, adaptation=self.words, help=self.help)
        done = acts.apply(world.person(self.by), world.the(Practice, self.practice), application=application)
        world.keep(f"{self.practice}/{self.name}", done)
