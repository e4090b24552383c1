"""Memberships and roles of a community, and where a unit belongs, folded from the ledger."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from commonplace.communities.evidence import Added, Answered, RoleHandedOver, RoleHeld, UnitMerged, UnitPlaced
from commonplace.communities.models import Membership, Role, RoleKind, Unit
from commonplace.ledger.evidence import Evidence
from commonplace.ledger.replay import Recorded, Reducer, Span

K = TypeVar("K")
People = frozenset[str]
Serving = frozenset[tuple[str, str]]


class Place(NamedTuple):
    """Of a unit: that there is one; the ids of what it is part of, and of what it was merged into."""

    there: bool = False
    parent: str = ""
    kept: str = ""


def _members(span: Span) -> dict[str, People]:
    rows = Membership.objects.filter(span.within("community")).everywhere("check").current()
    return _gathered(rows.values_list("community", "person"))


def _serving(span: Span) -> dict[str, Serving]:
    rows = Role.objects.filter(span.within("community")).everywhere("check").current()
    return _gathered(
        (community, (person, kind)) for community, person, kind in rows.values_list("community", "person", "kind")
    )


def _gathered(pairs: Iterable[tuple[str, K]]) -> dict[str, frozenset[K]]:
    by_community: dict[str, set[K]] = defaultdict(set)
    for community, what in pairs:
        by_community[community].add(what)
    return {community: frozenset(all_of) for community, all_of in by_community.items()}


def _placed(span: Span) -> dict[str, Place]:
    rows = Unit.objects.filter(span.within("pk")).values_list("pk", "parent", "merged_into")
    return {unit: Place(True, parent or "", kept or "") for unit, parent, kept in rows}


members: Reducer[People] = Reducer("members", frozenset(), _members)
serving: Reducer[Serving] = Reducer("roles", frozenset(), _serving)
units: Reducer[Place] = Reducer("units", Place(), _placed)


@members.on("member.joined", "community.founded")
def _came_in(people: People, act: Recorded, evidence: Evidence) -> People:
    return people | {act.actor}


@members.on("member.added")
def _was_added(people: People, act: Recorded, evidence: Added) -> People:
    return people | {evidence.person}


@members.on("member.answered")
def _was_answered(people: People, act: Recorded, evidence: Answered) -> People:
    return people | {evidence.person} if evidence.admitted else people


@members.on("member.left")
def _left(people: People, act: Recorded, evidence: Evidence) -> People:
    return people - {act.actor}


@serving.on("community.founded")
def _founded(roles: Serving, act: Recorded, evidence: Evidence) -> Serving:
    return roles | {(act.actor, RoleKind.FACILITATOR.value)}


@serving.on("role.granted")
def _granted(roles: Serving, act: Recorded, evidence: RoleHeld) -> Serving:
    return roles | {(evidence.person, evidence.role.value)}


@serving.on("role.ended")
def _ended(roles: Serving, act: Recorded, evidence: RoleHeld) -> Serving:
    return roles - {(evidence.person, evidence.role.value)}


@serving.on("role.handed_over")
def _handed_over(roles: Serving, act: Recorded, evidence: RoleHandedOver) -> Serving:
    role = evidence.role.value
    return (roles - {(evidence.person, role)}) | {(evidence.successor, role)}


@serving.on("member.left")
def _ended_with_membership(roles: Serving, act: Recorded, evidence: Evidence) -> Serving:
    return frozenset(held for held in roles if held[0] != act.actor)


@units.on("unit.named", "unit.moved")
def _moved(place: Place, act: Recorded, evidence: UnitPlaced) -> Place:
    return place._replace(there=True, parent=evidence.parent)


@units.on("unit.merged")
def _merged(place: Place, act: Recorded, evidence: UnitMerged) -> Place:
    return place._replace(kept=evidence.into)
