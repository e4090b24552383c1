"""How a person stands to communities: as a member, in which roles. Settled once for a page; every act asks afresh.

The models of this folder read it, so it knows them by their relations only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.db import models
from django.db.models import Q, Value

from commonplace.communities.lately import last_here
from commonplace.communities.models.kinds import RoleKind, Visibility
from commonplace.communities.zones import today
from commonplace.ledger.once import on_a_page, once
from commonplace.ledger.reading import READER, Reading, settled
from commonplace.ledger.reading import Place as Blank
from commonplace.ledger.replay import BEFORE_ALL
from commonplace.ledger.rules import Condition

if TYPE_CHECKING:
    from commonplace.communities.models.community import Community


@dataclass(frozen=True, slots=True)
class Footing:
    """One person in one community: whether they belong, the `roles` they serve in, its `visibility`. `stands_in`: for
    a facilitator who is away, holding no such role. `slug`: of the community, where all footings were read."""

    is_member: bool
    roles: frozenset[str]
    visibility: str
    stands_in: bool = False
    slug: str = ""

    @property
    def is_within(self) -> bool:
        """Belongs, or serves in a role."""
        return self.is_member or bool(self.roles)

    @property
    def may_see(self) -> bool:
        """The front page."""
        return self.is_within or self.visibility != Visibility.PRIVATE

    @property
    def may_read(self) -> bool:
        """Exchanges and practices; a sponsor from outside sees figures, not people."""
        return self.is_member or (self.visibility == Visibility.OPEN and RoleKind.SPONSOR not in self.roles)

    @property
    def may_oversee(self) -> bool:
        """The cycle and the objectives."""
        return self.may_read or bool(self.roles)

    def serves_as(self, *kinds: RoleKind) -> bool:
        return bool(self.roles & set(kinds))

    @property
    def facilitates(self) -> bool:
        """Holds the role, and does not stand in for who does."""
        return RoleKind.FACILITATOR in self.roles and not self.stands_in


class Place(NamedTuple):
    """A community in which somebody belongs or serves, as it is called, and their footing there. `last`: when others
    did something that is news, for who may read it; `joined_at`: of a member."""

    pk: str
    slug: str
    title: str
    language: str
    footing: Footing
    last: datetime = BEFORE_ALL
    joined_at: datetime = BEFORE_ALL


class _Way(NamedTuple):
    community: str
    visibility: str
    slug: str
    title: str
    language: str
    way: str
    since: datetime
    last: datetime


Test = Callable[[Footing], bool]
MEMBER, STANDS_IN = "member", "stands_in"
TODAY = Blank("today", models.DateField())
WHY = "how a person stands is settled before what they may see"


def footing(person: Any, community: Community) -> Footing:
    """Within a page read from all the person's footings, otherwise for this community alone."""
    if on_a_page():
        return footings(person).get(community.pk, Footing(False, frozenset(), community.visibility))
    return _read(person, community.pk, community.visibility)


def footings(person: Any) -> dict[str, Footing]:
    """Of every community in which the person belongs or serves, by its id."""
    return once(("footings", person.pk), lambda: {place.pk: place.footing for place in places(person)})


def places(person: Any) -> list[Place]:
    """The same communities by title, with what leads there: read in the same statement."""
    return once(("places", person.pk), lambda: _read_all(person))


def where(test: Test, person: Any, path: str) -> Q:
    """A condition on rows whose column `path` names a community: the person's footing there passes the test."""
    passing = Q(**{f"{path}__in": settled(person, lambda one: _passing(test, one))})
    for_strangers = [each for each in Visibility.values if test(Footing(False, frozenset(), each))]
    if not for_strangers:
        return passing
    visibility = "visibility" if path == "pk" else f"{path}__visibility"
    mine = Q(**{f"{path}__in": settled(person, lambda one: list(footings(one)))})
    return passing | (Q(**{f"{visibility}__in": for_strangers}) & ~mine)


def _passing(test: Test, person: Any) -> list[str]:
    return [pk for pk, one in footings(person).items() if test(one)]


def on_footing(test: Test) -> Condition[Any, Any]:
    """The rule's two faces: the person's footing in the row's community passes the test."""
    return Condition(
        lambda person, target: test(footing(person, target.community)),
        lambda person, model: where(test, person, model.COMMUNITY),
    )


def readable(person: Any, path: str) -> Q:
    """A condition on rows whose column `path` names a community: this person may read exchanges and practices there."""
    return Q(**{f"{path}__in": settled(person, readable_ids)})


def readable_ids(person: Any) -> list[str]:
    """The communities whose exchanges and practices this person may read."""
    return once(("readable", person.pk), lambda: _readable_ids(person))


def _readable_ids(person: Any) -> list[str]:
    return READABLE.rows(reader=person)


def _read(person: Any, community: str, visibility: str) -> Footing:
    here = WAYS_IN_ONE.rows(reader=person, community=community, today=today()) if person.pk else []
    return _on(here, visibility)


def _read_all(person: Any) -> list[Place]:
    """One query: where the person belongs, beside each role that they serve in."""
    ways: dict[str, list[_Way]] = defaultdict(list)
    for one in WAYS.rows(reader=person, today=today()) if person.pk else ():
        ways[one.community].append(one)
    read = [_place(here[0], {one.way: one.since for one in here}) for here in ways.values()]
    return sorted(read, key=lambda place: (place.title.casefold(), place.pk))


def _place(one: _Way, ways: Mapping[str, datetime]) -> Place:
    mine = _on(ways.keys(), one.visibility, one.slug)
    last, joined_at = one.last if mine.may_read else BEFORE_ALL, ways.get(MEMBER, BEFORE_ALL)
    return Place(one.community, one.slug, one.title, one.language, mine, last, joined_at)


def _on(ways: Collection[str], visibility: str, slug: str = "") -> Footing:
    roles = frozenset(ways) - {MEMBER, STANDS_IN}
    stands_in = STANDS_IN in ways and RoleKind.FACILITATOR not in roles
    return Footing(MEMBER in ways, roles | {RoleKind.FACILITATOR} if stands_in else roles, visibility, stands_in, slug)


def _ways() -> Any:
    """Of the reader."""
    seen = ("community", *(f"community__{name}" for name in ("visibility", "slug", "title", "language")))
    belongs = _own("Membership").values_list(*seen, Value(MEMBER), "joined_at", last_here())
    serves = _own("Role").values_list(*seen, "kind", "granted_at", last_here())
    covers = _covered().values_list(*seen, Value(STANDS_IN), "granted_at", last_here())
    return belongs.union(serves, covers, all=True)


def _ways_in_one() -> Any:
    here = {"community": Blank("community")}
    belongs = _own("Membership").filter(**here).values_list(Value(MEMBER))
    covers = _covered().filter(**here).values_list(Value(STANDS_IN))
    return belongs.union(_own("Role").filter(**here).values_list("kind"), covers, all=True)


def _own(model: str) -> Any:
    rows = apps.get_model("communities", model)._default_manager.filter(person=READER.pk)
    return rows.current().everywhere(WHY)


def _covered() -> Any:
    """Roles of facilitators who are away, which the reader stands in for."""
    roles = apps.get_model("communities", "Role")._default_manager
    return roles.filter(stand_in=READER.pk).covered(TODAY).everywhere(WHY)


def _readable() -> Any:
    communities = apps.get_model("communities", "Community")._base_manager
    return communities.filter(where(lambda one: one.may_read, READER, "pk")).values_list("pk")


WAYS: Reading[_Way] = Reading(_ways, shape=_Way)
WAYS_IN_ONE: Reading[str] = Reading(_ways_in_one, shape=str)
READABLE: Reading[str] = Reading(_readable, shape=str)
