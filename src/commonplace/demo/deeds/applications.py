"""Internalizing: somebody used a practice in real work."""

from dataclasses import dataclass

from commonplace.demo.world import World
from commonplace.internalizing import acts
from commonplace.internalizing.models import Application, Outcome
from commonplace.objectifying.models import Practice


@dataclass(frozen=True, slots=True)
class Apply:
    by: str
    practice: str
    where: str
    outcome: Outcome
    words: str = ""
    with_author: bool = False
    name: str = ""

    def perform(self, world: World) -> None:
        application = Application(
            where=self.where, outcome=self.outcome, adaptation=self.words, with_author=self.with_author
        )
        done = acts.apply(world.person(self.by), world.the(Practice, self.practice), application=application)
        world.keep(f"{self.practice}/{self.name}", done)
