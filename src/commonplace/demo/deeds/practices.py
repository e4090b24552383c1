"""Objectifying: a practice is written down, cared for, written anew and challenged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from commonplace.demo.world import World
from commonplace.externalizing.models import Exchange, Response
from commonplace.internalizing.models import Application
from commonplace.objectifying import acts
from commonplace.objectifying.models import PARTS, Bringing, Challenge, Practice, Version
from commonplace.objectifying.status import Authority, SourceKind


@dataclass(frozen=True, slots=True)
class Distil:
    by: str
    community: str
    id: str
    title: str
    context: str
    how: str
    why: str
    limits: str
    exchanges: tuple[str, ...]
    quoted: tuple[str, ...]
    authors: tuple[str, ...]

    def perform(self, world: World) -> None:
        practice = acts.distil(
            world.person(self.by),
            world.community(self.community),
            practice=Practice(title=self.title),
            version=Version(context=self.context, how=self.how, why=self.why, limits=self.limits),
            exchanges=[world.the(Exchange, name) for name in self.exchanges],
            quoted=[world.the(Response, name) for name in self.quoted],
            authors=[world.person(name) for name in self.authors],
        )
        world.keep(self.id, practice)


@dataclass(frozen=True, slots=True)
class Bring:
    """`original` names the practice of another community that is taken over, as people read it on that day."""

    by: str
    community: str
    id: str
    title: str
    context: str
    how: str
    why: str
    limits: str
    source_kind: SourceKind
    authority: Authority
    source: str
    owner: str
    since_on: date | None
    original: str

    def perform(self, world: World) -> None:
        whence = {name: getattr(self, name) for name in ("source_kind", "authority", "source", "owner", "since_on")}
        practice = acts.bring(
            world.person(self.by),
            world.community(self.community),
            practice=Practice(title=self.title),
            version=Version(context=self.context, how=self.how, why=self.why, limits=self.limits),
            bringing=Bringing(**whence),
            original=self._original(world) if self.original else None,
        )
        world.keep(self.id, practice)

    def _original(self, world: World) -> Version:
        theirs = world.the(Practice, self.original)
        return theirs.versions.get(number=theirs.course.to_read)


@dataclass(frozen=True, slots=True)
class Back:
    by: str
    practice: str

    def perform(self, world: World) -> None:
        acts.back(world.person(self.by), world.the(Practice, self.practice))


@dataclass(frozen=True, slots=True)
class RefuseWords:
    by: str
    practice: str
    response: str

    def perform(self, world: World) -> None:
        practice, response = world.the(Practice, self.practice), world.the(Response, self.response)
        acts.refuse_words(world.person(self.by), practice.excerpts.get(response=response))


@dataclass(frozen=True, slots=True)
class TakeCare:
    by: str
    practice: str

    def perform(self, world: World) -> None:
        person = world.person(self.by)
        acts.set_steward(person, world.the(Practice, self.practice), steward=person)


@dataclass(frozen=True, slots=True)
class Revise:
    """What is not said stays as it was."""

    by: str
    practice: str
    context: str
    how: str
    why: str
    limits: str
    note: str

    def perform(self, world: World) -> None:
        words = {"context": self.context, "how": self.how, "why": self.why, "limits": self.limits}
        revised(world, self.by, self.practice, words, self.note)


@dataclass(frozen=True, slots=True)
class Challenges:
    """`application` names the failed application that led to it, if one did."""

    by: str
    practice: str
    name: str
    words: str
    application: str
    ground: str

    def perform(self, world: World) -> None:
        failed = world.the(Application, f"{self.practice}/{self.application}").pk if self.application else ""
        challenge = Challenge(ground=self.ground, reason=self.words, application=failed)
        practice = world.the(Practice, self.practice)
        world.keep(f"{self.practice}/{self.name}", acts.challenge(world.person(self.by), practice, challenge=challenge))


def revised(world: World, by: str, practice: str, words: Mapping[str, str], note: str) -> Version:
    """The next version: `words` where they say something, the newest one's otherwise."""
    row = world.the(Practice, practice)
    newest = row.versions.latest("number")
    parts = {part: words[part] or getattr(newest, part) for part in PARTS}
    return acts.revise(world.person(by), row, version=Version(**parts, note=note), base=newest)
