"""Invitations into a community, requests to join it, and who waits for an answer."""

from datetime import datetime

from commonplace.communities.evidence import Added, Answered, Invited
from commonplace.communities.models import Invitation, JoinRequest
from commonplace.communities.reducers.belonging import People
from commonplace.ledger.evidence import Evidence
from commonplace.ledger.replay import Recorded, Reducer, Row, Span, gathered, of_each

GOOD, WITHDRAWN, TAKEN = "good", "withdrawn", "taken"


def _invitations(span: Span) -> dict[str, Row]:
    rows = Invitation.objects.filter(span.within("community")).everywhere("check")
    made = rows.values_list("pk", "community", "invited_by", "role", "withdrawn_at", "taken_at")
    return {pk: (community, by, role, _end_of(*ends)) for pk, community, by, role, *ends in made}


def _end_of(withdrawn: datetime | None, taken: datetime | None) -> str:
    return WITHDRAWN if withdrawn else TAKEN if taken else GOOD


def _waiting(span: Span) -> dict[str, People]:
    rows = JoinRequest.objects.filter(span.within("community")).waiting().everywhere("check")
    return gathered(rows.values_list("community", "person"))


invitations: Reducer[Row] = Reducer("invitation", tuple, _invitations, by="object")
requests = of_each("request to join", JoinRequest, "community", "community", "person", "admitted")
waiting: Reducer[People] = Reducer("who waits to join", set, _waiting)


@invitations.on("member.invited")
def _invited(before: Row, act: Recorded, evidence: Invited) -> Row:
    return act.community, act.actor, evidence.brings.value if evidence.brings else "", GOOD


@invitations.on("member.invitation_withdrawn")
def _withdrew(before: Row, act: Recorded, evidence: Evidence) -> Row:
    return (*before[:3], WITHDRAWN)


@invitations.on("member.invitation_accepted")
def _taken(before: Row, act: Recorded, evidence: Invited) -> Row:
    """One for members stays open to others."""
    return (*before[:3], TAKEN) if evidence.brings else before


@requests.on("member.requested")
def _requested(before: Row, act: Recorded, evidence: Evidence) -> Row:
    return act.community, act.actor, None


@requests.on("member.answered")
def _answered(before: Row, act: Recorded, evidence: Answered) -> Row:
    return act.community, evidence.person, evidence.admitted


@waiting.on("member.requested")
def _waits(people: People, act: Recorded, evidence: Evidence) -> People:
    people.add(act.actor)
    return people


@waiting.on("member.joined")
def _waits_no_longer(people: People, act: Recorded, evidence: Evidence) -> People:
    people.discard(act.actor)
    return people


@waiting.on("member.added", "member.answered")
def _has_an_answer(people: People, act: Recorded, evidence: Added | Answered) -> People:
    people.discard(evidence.person)
    return people
