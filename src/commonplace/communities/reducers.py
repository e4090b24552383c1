"""Memberships and roles of a community, folded from the ledger."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from commonplace.communities.evidence import Added, Answered, RoleHandedOver, RoleHeld
from commonplace.communities.models import Membership, Role, RoleKind
from commonplace.ledger.evidence import Evidence
from commonplace.ledger.replay import Recorded, Reducer, Span

K = TypeVar("K")
People = frozenset[str]
Serving = frozenset[tuple[str, str]]


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


members: Reducer[People] = Reducer("members", frozenset(), _members)
serving: Reducer[Serving] = Reducer("roles", frozenset(), _serving)


@members.on("member.joined", "member.accepted_invitation", "community.founded")
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
