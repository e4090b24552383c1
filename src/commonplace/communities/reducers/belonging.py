"""Who is a member of a community, and who serves it in which role."""

from collections import defaultdict

from commonplace.communities.evidence import (
    Added,
    Answered,
    AwaySet,
    Removed,
    RoleGranted,
    RoleHandedOver,
    RoleHeld,
    WelcomingSet,
)
from commonplace.communities.models import Membership, Role, RoleKind, Welcoming
from commonplace.ledger.evidence import Evidence
from commonplace.ledger.replay import Recorded, Reducer, Span, gathered

People = set[str]
Serving = set[tuple[str, str]]
Away = dict[tuple[str, str], tuple[str, str]]


def _members(span: Span) -> dict[str, People]:
    rows = Membership.objects.filter(span.within("community")).everywhere("check").current()
    return gathered(rows.values_list("community", "person"))


def _serving(span: Span) -> dict[str, Serving]:
    rows = Role.objects.filter(span.within("community")).everywhere("check").current()
    return gathered((pk, (person, kind)) for pk, person, kind in rows.values_list("community", "person", "kind"))


def _away(span: Span) -> dict[str, Away]:
    """Of roles that are held, with who stands in."""
    rows = Role.objects.filter(span.within("community"), away_until__isnull=False).everywhere("check").current()
    away: dict[str, Away] = defaultdict(dict)
    for pk, person, kind, until, stand_in in rows.values_list("community", "person", "kind", "away_until", "stand_in"):
        away[pk][person, kind] = (str(until), stand_in or "")
    return away


def _welcoming(span: Span) -> dict[str, People]:
    rows = Welcoming.objects.filter(span.within("membership__community")).everywhere("check")
    return gathered(rows.values_list("membership__community", "membership__person"))


members: Reducer[People] = Reducer("members", set, _members)
serving: Reducer[Serving] = Reducer("roles", set, _serving)
away: Reducer[Away] = Reducer("away", dict, _away)
welcoming: Reducer[People] = Reducer("welcoming newcomers", set, _welcoming)


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


@welcoming.on("member.welcoming_set")
def _welcomes(people: People, act: Recorded, evidence: WelcomingSet) -> People:
    (people.add if evidence.welcomes else people.discard)(act.actor)
    return people


@welcoming.on("member.left")
@members.on("member.left")
def _left(people: People, act: Recorded, evidence: Evidence) -> People:
    people.discard(act.actor)
    return people


@welcoming.on("member.removed")
@members.on("member.removed")
def _was_removed(people: People, act: Recorded, evidence: Removed) -> People:
    people.discard(evidence.person)
    return people


@serving.on("community.founded")
def _founded(roles: Serving, act: Recorded, evidence: Evidence) -> Serving:
    roles.add((act.actor, RoleKind.FACILITATOR.value))
    return roles


@serving.on("role.granted")
def _granted(roles: Serving, act: Recorded, evidence: RoleGranted) -> Serving:
    if not evidence.asks_first:
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


@away.on("role.away_set")
def _away_set(away: Away, act: Recorded, evidence: AwaySet) -> Away:
    away.pop((evidence.person, evidence.role.value), None)
    if evidence.until:
        away[evidence.person, evidence.role.value] = (evidence.until, evidence.successor)
    return away


@away.on("role.covered_no_more")
def _covered_no_more(away: Away, act: Recorded, evidence: RoleHeld) -> Away:
    until, _stand_in = away[evidence.person, evidence.role.value]
    away[evidence.person, evidence.role.value] = (until, "")
    return away


@away.on("role.ended", "role.handed_over")
def _away_from_nothing(away: Away, act: Recorded, evidence: RoleHeld | RoleHandedOver) -> Away:
    away.pop((evidence.person, evidence.role.value), None)
    return away


@away.on("member.left")
def _away_for_good(away: Away, act: Recorded, evidence: Evidence) -> Away:
    return _without(away, act.actor)


@away.on("member.removed")
def _away_by_removal(away: Away, act: Recorded, evidence: Removed) -> Away:
    return _without(away, evidence.person)


def _without(away: Away, gone: str) -> Away:
    """Neither away nor standing in."""
    return {
        held: (until, "" if stand_in == gone else stand_in)
        for held, (until, stand_in) in away.items()
        if held[0] != gone
    }
