"""Coming to belong, and leaving."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from commonplace.communities import policy
from commonplace.communities.evidence import Added, Answered, How, Joined
from commonplace.communities.models import (
    Community,
    Invitation,
    JoinRequest,
    Membership,
    Person,
    Role,
    RoleKind,
    Visibility,
)
from commonplace.communities.secrets import digest
from commonplace.ledger import clock
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.evidence import Nothing


def _is_not_yet_in(actor: Person, community: Community) -> None:
    if policy.is_member(actor, community):
        raise NotPossible(_("You are already a member."))


def _door_is_open(actor: Person, community: Community) -> None:
    _is_not_yet_in(actor, community)
    if community.visibility != Visibility.OPEN:
        raise NotPossible(_("Joining this community is on request."))


@act("member.joined", who=policy.readers, evidence=Joined, guard=_door_is_open, brought_by=policy.archivist)
def join(actor: Person, community: Community) -> Written[Membership]:
    """Who: those who may see the community. Guard: it is open. Effect: membership, at once."""
    return _joined(actor, community, How.OPEN)


def _may_ask(actor: Person, community: Community, *, words: str) -> None:
    _is_not_yet_in(actor, community)
    if community.visibility == Visibility.OPEN:
        raise NotPossible(_("This community is open: you can join at once."))
    if community.join_requests.filter(person=actor).waiting().exists():
        raise NotPossible(_("Your request is waiting for a facilitator."))


@act("member.requested", who=policy.readers, evidence=Nothing, guard=_may_ask)
def ask_to_join(actor: Person, community: Community, *, words: str) -> Written[JoinRequest]:
    """Who: those who may see the community. Guard: it is not open; not in, not waiting already.
    Effect: facilitators are asked.
    """
    return Written(JoinRequest.objects.create(community=community, person=actor, words=words), Nothing())


def _waits(actor: Person, request: JoinRequest, *, admitted: bool) -> None:
    if request.answered_at:
        raise NotPossible(_("Somebody has answered this request already."))


@act("member.answered", who=policy.facilitator, evidence=Answered, guard=_waits)
def answer_request(actor: Person, request: JoinRequest, *, admitted: bool) -> Written[JoinRequest]:
    """Who: a facilitator. Guard: the request waits. Effect: the person is a member, or is not."""
    request.answered_at, request.admitted = clock.now(), admitted
    request.save(update_fields=["answered_at", "admitted"])
    if admitted and not policy.is_member(request.person, request.community):
        Membership.objects.create(community=request.community, person=request.person)
    return Written(request, Answered(admitted=admitted, person=request.person_id))


def _has_not_come_in_yet(actor: Person, community: Community, *, person: Person) -> None:
    _is_not_yet_in(person, community)
    if person.last_login or person.has_usable_password() or person.is_unclaimed:
        raise NotPossible(_("%(name)s is here already: send an invitation instead.") % {"name": person.name})


@act("member.added", who=policy.facilitator, evidence=Added, guard=_has_not_come_in_yet)
def add_member(actor: Person, community: Community, *, person: Person) -> Written[Membership]:
    """Who: a facilitator. Guard: a person who was added and has never come in; others join themselves.
    Effect: membership.
    """
    row = Membership.objects.create(community=community, person=person)
    return Written(row, Added(person=person.pk))


@act("member.invited", who=policy.facilitator, evidence=Nothing)
def invite(actor: Person, community: Community, *, secret: str) -> Written[Invitation]:
    """Who: a facilitator. Guard: none. Effect: a link that lets in who has it, for days; several may use it."""
    expires = clock.now() + timedelta(days=settings.INVITATION_DAYS)
    row = Invitation.objects.create(community=community, digest=digest(secret), invited_by=actor, expires_at=expires)
    return Written(row, Nothing())


@act("member.invitation_withdrawn", who=policy.facilitator, evidence=Nothing)
def withdraw_invitation(actor: Person, invitation: Invitation) -> Written[Invitation]:
    """Who: a facilitator. Guard: none. Effect: the link lets nobody in any more."""
    invitation.withdrawn_at = clock.now()
    invitation.save(update_fields=["withdrawn_at"])
    return Written(invitation, Nothing())


def _holds(actor: Person, invitation: Invitation) -> None:
    _is_not_yet_in(actor, invitation.community)
    if invitation.withdrawn_at or invitation.expires_at < clock.now():
        raise NotPossible(_("This invitation is no longer good. Ask a facilitator for a new one."))


@act("member.accepted_invitation", who=policy.someone_with_a_way_in, evidence=Joined, guard=_holds)
def accept_invitation(actor: Person, invitation: Invitation) -> Written[Membership]:
    """Who: someone with a way in (the link's secret, which the caller has matched). Guard: in time.
    Effect: membership.
    """
    return _joined(actor, invitation.community, How.INVITED)


def _may_leave(actor: Person, community: Community) -> None:
    facilitators = Role.objects.filter(community=community, kind=RoleKind.FACILITATOR).current()
    others = facilitators.exclude(person=actor).everywhere("a community is not left without a facilitator")
    if policy.serves(actor, community, RoleKind.FACILITATOR) and not others.exists():
        raise NotPossible(_("You are the only facilitator. Hand the role over first, then leave."))


@act("member.left", who=policy.member, evidence=Nothing, guard=_may_leave)
def leave(actor: Person, community: Community) -> Written[Membership]:
    """Who: a member. Guard: not the only facilitator.
    Effect: membership and roles end; what was shared stays, with credit.
    """
    membership = community.memberships.get(person=actor, left_at=None)
    membership.left_at = clock.now()
    membership.save(update_fields=["left_at"])
    community.roles.filter(person=actor, ended_at=None).update(ended_at=clock.now())
    return Written(membership, Nothing())


def _joined(person: Person, community: Community, how: How) -> Written[Membership]:
    community.join_requests.filter(person=person, answered_at=None).update(answered_at=clock.now())
    return Written(Membership.objects.create(community=community, person=person), Joined(how=how))
