"""People come, join, serve and leave."""

from dataclasses import dataclass

from commonplace.communities import acts
from commonplace.communities.arrivals import unit_called
from commonplace.communities.models import Community, Experience, Installation, JoinRequest, Person, Role, RoleKind
from commonplace.demo.unreadable import ScenarioError
from commonplace.demo.world import World
from commonplace.externalizing.models import Topic


def address_of(name: str) -> str:
    """`.example` never leads anywhere (RFC 2606)."""
    return f"{name}@valmere.example"


@dataclass(frozen=True, slots=True)
class Arrive:
    """The first one signs up and is the operator, who adds the others."""

    by: str
    name: str
    unit: str
    language: str
    time_zone: str
    added_by: str = ""

    def perform(self, world: World) -> None:
        person = Person(name=self.name, email=address_of(self.by), language=self.language, time_zone=self.time_zone)
        if self.added_by:
            person.unit = unit_called(world.person(self.added_by), self.unit)
            acts.add_person(world.person(self.added_by), Installation.current(), person=person)
        else:
            person.set_unusable_password()
            acts.sign_up(person, Installation.current(), first=True)
        world.keep(self.by, person)


@dataclass(frozen=True, slots=True)
class Join:
    by: str
    community: str
    experience: Experience

    def perform(self, world: World) -> None:
        acts.join(world.person(self.by), world.community(self.community), experience=self.experience)


@dataclass(frozen=True, slots=True)
class ComeInvited:
    by: str
    community: str
    invited_by: str
    experience: Experience

    def perform(self, world: World) -> None:
        secret = f"{self.community} {self.by}"
        invitation = acts.invite(world.person(self.invited_by), world.community(self.community), secret=secret)
        acts.accept_invitation(world.person(self.by), invitation, secret=secret, experience=self.experience)
        acts.withdraw_invitation(world.person(self.invited_by), invitation)


@dataclass(frozen=True, slots=True)
class AskToJoin:
    by: str
    community: str
    words: str
    experience: Experience

    def perform(self, world: World) -> None:
        person, community = world.person(self.by), world.community(self.community)
        request = acts.ask_to_join(person, community, words=self.words, experience=self.experience)
        world.keep(f"{self.community}/{self.by}", request)


@dataclass(frozen=True, slots=True)
class LetIn:
    by: str
    community: str
    person: str

    def perform(self, world: World) -> None:
        request = world.the(JoinRequest, f"{self.community}/{self.person}")
        acts.answer_request(world.person(self.by), request, admitted=True)


@dataclass(frozen=True, slots=True)
class GrantRole:
    by: str
    community: str
    person: str
    kind: RoleKind

    def perform(self, world: World) -> None:
        community, person = world.community(self.community), world.person(self.person)
        role = acts.grant_role(world.person(self.by), community, person=person, kind=self.kind)
        if role.accepted_at is None:
            acts.accept_role(person, role)


@dataclass(frozen=True, slots=True)
class HandOver:
    by: str
    community: str
    successor: str
    kind: RoleKind

    def perform(self, world: World) -> None:
        role = _role(world.community(self.community), world.person(self.by), self.kind)
        acts.hand_over_role(world.person(self.by), role, successor=world.person(self.successor))


@dataclass(frozen=True, slots=True)
class Welcome:
    by: str
    community: str

    def perform(self, world: World) -> None:
        acts.set_welcoming(world.person(self.by), world.community(self.community), welcomes=True)


@dataclass(frozen=True, slots=True)
class Leave:
    by: str
    community: str

    def perform(self, world: World) -> None:
        acts.leave(world.person(self.by), world.community(self.community))


@dataclass(frozen=True, slots=True)
class SayKnownFor:
    by: str
    community: str
    words: str
    topics: tuple[str, ...]
    shows: tuple[str, ...]

    def perform(self, world: World) -> None:
        person, community = world.person(self.by), world.community(self.community)
        mine = community.memberships.get(person=person, left_at=None)
        ids = [_topic(person, community, name) for name in self.topics]
        acts.set_known_for(person, mine, words=self.words, topics=ids, shows=self.shows)


def _topic(person: Person, community: Community, name: str) -> str:
    """Once somebody has asked about it."""
    kept = Topic.objects.visible_to(person).called(name, community).first()
    if kept is None:
        raise ScenarioError("topic", f"nothing is called {name!r} yet")
    return kept.pk


def _role(community: Community, holder: Person, kind: RoleKind) -> Role:
    return community.roles.get(person=holder, kind=kind, ended_at=None)
