"""Objectifying: a round on a practice, from its opening to its decision."""

from dataclasses import dataclass

from commonplace.demo.deeds.practices import revised
from commonplace.demo.world import World
from commonplace.objectifying import acts
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.models import Challenge, How, Objection, Practice, Proposal
from commonplace.objectifying.status import Outcome

__all__ = ["Amend", "Decide", "Meet", "Object", "Propose", "Stand", "TakeStance", "Withdraw"]


@dataclass(frozen=True, slots=True)
class Propose:
    """The newest version; or, with a challenge, what should become of the agreed one."""

    by: str
    practice: str
    aim: str
    challenge: str
    outcome: Outcome

    def perform(self, world: World) -> None:
        practice = world.the(Practice, self.practice)
        challenge = world.the(Challenge, f"{self.practice}/{self.challenge}") if self.challenge else None
        version = practice.agreements.get(ended_at=None).version if challenge else practice.versions.latest("number")
        proposal = Proposal(version=version, aim=self.aim, challenge=challenge, proposed_outcome=self.outcome)
        world.keep(self.practice, acts.propose(world.person(self.by), practice, proposal=proposal))


@dataclass(frozen=True, slots=True)
class TakeStance:
    by: str
    practice: str
    stance: Stand
    words: str = ""

    def perform(self, world: World) -> None:
        proposal = world.the(Proposal, self.practice)
        acts.take_stance(world.person(self.by), proposal, stance=self.stance, reason=self.words)


@dataclass(frozen=True, slots=True)
class Object:
    by: str
    practice: str
    name: str
    words: str

    def perform(self, world: World) -> None:
        person, proposal = world.person(self.by), world.the(Proposal, self.practice)
        acts.take_stance(person, proposal, stance=Stand.OBJECT, reason=self.words)
        world.keep(f"{self.practice}/{self.name}", proposal.objections.get(raised_by=person, settled_at=None))


@dataclass(frozen=True, slots=True)
class Withdraw:
    """And consents."""

    by: str
    practice: str
    name: str

    def perform(self, world: World) -> None:
        person = world.person(self.by)
        acts.settle_objection(person, world.the(Objection, f"{self.practice}/{self.name}"), how=How.WITHDRAWN)
        acts.take_stance(person, world.the(Proposal, self.practice), stance=Stand.CONSENT)


@dataclass(frozen=True, slots=True)
class Meet:
    """Who objected says that the newest version meets it."""

    by: str
    practice: str
    name: str

    def perform(self, world: World) -> None:
        version = world.the(Practice, self.practice).versions.latest("number")
        objection = world.the(Objection, f"{self.practice}/{self.name}")
        acts.settle_objection(world.person(self.by), objection, how=How.CHANGE, version=version)


@dataclass(frozen=True, slots=True)
class Amend:
    by: str
    practice: str
    context: str
    how: str
    why: str
    limits: str
    note: str

    def perform(self, world: World) -> None:
        words = {"context": self.context, "how": self.how, "why": self.why, "limits": self.limits}
        version = revised(world, self.by, self.practice, words, self.note)
        acts.amend(world.person(self.by), world.the(Proposal, self.practice), version=version)


@dataclass(frozen=True, slots=True)
class Decide:
    by: str
    practice: str
    outcome: Outcome
    words: str

    def perform(self, world: World) -> None:
        proposal = world.the(Proposal, self.practice)
        acts.decide(world.person(self.by), proposal, outcome=self.outcome, reason=self.words)
