"""Who is a member of a community, and who serves it in which role."""

from commonplace.communities.evidence import Added, Answered, Removed, RoleHandedOver, RoleHeld
from commonplace.communities.models import Membership, Role, RoleKind
from commonplace.ledger.evidence import Evidence
from commonplace.ledger.replay import Recorded, Reducer, Span, gathered

People = set[str]
Serving = set[tuple[str, str]]


def _members(span: Span) -> dict[str, People]:
    rows = Membership.objects.filter(span.within("community")).everywhere("check").current()
    return gathered(rows.values_list("community", "person"))


def _serving(span: Span) -> dict[str, Serving]:
    rows = Role.objects.filter(span.within("community")).everywhere("check").current()
    return gathered((pk, (person, kind)) for pk, person, kind in rows.values_list("community", "person", "kind"))


members: Reducer[People] = Reducer("members", set, _members)
serving: Reducer[Serving] = Reducer("roles", set, _serving)


@members.on("member.joined", "community.founded")
def _came_in(people: People, act: Recorded, evidence: Evidence) -> People:
    people.add(act.actor)
    return people


@members.on("member.added")
def _was_added(people: People, act: Recorded, evidence: Added) -> People:
    people.add(evidence.person)
    return people


@members.on("member.answered")
def _was_answered(people: People, act: Recorded, evidence: Answered) -> People:
    if evidence.admitted:
        people.add(evidence.person)
    return people


@members.on("member.left")
def _left(people: People, act: Recorded, evidence: Evidence) -> People:
    people.discard(act.actor)
    return people


@members.on("member.removed")
def _was_removed(people: People, act: Recorded, evidence: Removed) -> People:
    people.discard(evidence.person)
    return people


@serving.on("community.founded")
def _founded(roles: Serving, act: Recorded, evidence: Evidence) -> Serving:
    roles.add((act.actor, RoleKind.FACILITATOR.value))
    return roles


@serving.on("role.granted")
def _granted(roles: Serving, act: Recorded, evidence: RoleHeld) -> Serving:
    if not _asks_first(act, evidence.role, evidence.person):
        roles.add((evidence.person, evidence.role.value))
    return roles


@serving.on("role.accepted")
def _accepted(roles: Serving, act: Recorded, evidence: RoleHeld) -> Serving:
    roles.add((evidence.person, evidence.role.value))
    return roles


@serving.on("role.ended")
def _ended(roles: Serving, act: Recorded, evidence: RoleHeld) -> Serving:
    roles.discard((evidence.person, evidence.role.value))
    return roles


@serving.on("role.handed_over")
def _handed_over(roles: Serving, act: Recorded, evidence: RoleHandedOver) -> Serving:
    roles.discard((evidence.person, evidence.role.value))
    if not _asks_first(act, evidence.role, evidence.successor):
        roles.add((evidence.successor, evidence.role.value))
    return roles


def _asks_first(act: Recorded, role: RoleKind, person: str) -> bool:
    """A sponsor has the role once they accept it."""
    return role == RoleKind.SPONSOR and person != act.actor


@serving.on("member.left")
def _ended_with_membership(roles: Serving, act: Recorded, evidence: Evidence) -> Serving:
    return {held for held in roles if held[0] != act.actor}


@serving.on("member.removed")
def _ended_with_removal(roles: Serving, act: Recorded, evidence: Removed) -> Serving:
    return {held for held in roles if held[0] != evidence.person}
