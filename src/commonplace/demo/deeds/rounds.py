"""Objectifying: a round on a practice, from its opening to its decision."""

from dataclasses import dataclass

from commonplace.consenting import acts
from commonplace.consenting.kinds import Ground, How, Kind, Outcome, Stand
from commonplace.consenting.models import Objection, Proposal
from commonplace.demo.deeds.practices import revised
from commonplace.demo.world import World
from commonplace.objectifying.models import Challenge, Practice

__all__ = ["Amend", "Decide", "Meet", "Object", "Propose", "Stand", "TakeStance", "Withdraw"]


@dataclass(frozen=True, slots=True)
class Propose:
    """The newest version; or, with a challenge, what should become of the agreed one."""

    by: str
    practice: str
    aim: str
    challenge: str
    outcome: str

    def perform(self, world: World) -> None:
        practice = world.the(Practice, self.practice)
        if self.challenge:
            challenge = world.the(Challenge, f"{self.practice}/{self.challenge}")
            about = {"matter": Kind.SETTLEMENT, "about": challenge.pk, "choice": self.outcome}
            proposal = Proposal(number=practice.course.in_force, aim=self.aim, **about)
        else:
            proposal = Proposal(number=practice.newest_version.number, aim=self.aim)
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
    ground: Ground
    words: str

    def perform(self, world: World) -> None:
        person, proposal = world.person(self.by), world.the(Proposal, self.practice)
        acts.take_stance(person, proposal, stance=Stand.OBJECT, reason=self.words, ground=self.ground)
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
    """Who objected says that the version which the round has moved to meets it."""

    by: str
    practice: str
    name: str

    def perform(self, world: World) -> None:
        objection = world.the(Objection, f"{self.practice}/{self.name}")
        acts.settle_objection(world.person(self.by), objection, how=How.CHANGE)


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
        acts.amend(world.person(self.by), world.the(Proposal, self.practice), number=version.number)


@dataclass(frozen=True, slots=True)
class Decide:
    """What the rule leaves is recorded; a facilitator without a part returns it with these words."""

    by: str
    practice: str
    outcome: Outcome
    words: str

    def perform(self, world: World) -> None:
        proposal = world.the(Proposal, self.practice)
        proposal.refresh_from_db(fields=["decided_at", "closes_at"])  # It may have ended when the last one spoke.
        if proposal.is_open:
            acts.decide(world.person(self.by), proposal, outcome=self.outcome, reason=self.words)
