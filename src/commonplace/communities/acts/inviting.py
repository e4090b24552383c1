"""Links into a community: whoever has the secret comes in, until it expires or is withdrawn."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from commonplace.communities import policy
from commonplace.communities.acts.joining import belong, is_not_yet_in, last_left, must_not_be_removed, was_removed
from commonplace.communities.acts.roles import fits, is_their_own
from commonplace.communities.evidence import How, Invited, Joined, RoleGranted
from commonplace.communities.models import (
    Community,
    Experience,
    Invitation,
    Person,
    Role,
    RoleKind,
    Visibility,
)
from commonplace.communities.secrets import digest, has_digest
from commonplace.ledger import clock
from commonplace.ledger.act import Also, Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.evidence import Nothing


def _may_bring(actor: Person, community: Community, *, secret: str, role: RoleKind | None = None) -> None:
    if role is not None:
        is_their_own(actor, community)
        must_be_a_sponsors(role)


def must_be_a_sponsors(role: RoleKind) -> None:
    if role != RoleKind.SPONSOR:
        raise NotPossible(_("Only a sponsor may serve from outside."))


@act("member.invited", who=policy.facilitator, evidence=Invited, guard=_may_bring)
def invite(actor: Person, community: Community, *, secret: str, role: RoleKind | None = None) -> Written[Invitation]:
    """Who: a facilitator. Guard: of one that brings a role, a sponsor's, and nobody who stands in. Effect: a link that
    lets in who has it, for days; several may use it. One for a sponsor offers the role, once, and no membership."""
    expires = clock.now() + timedelta(days=settings.INVITATION_DAYS)
    kept = {"digest": digest(secret), "invited_by": actor, "expires_at": expires, "role": role or ""}
    return Written(Invitation.objects.create(community=community, **kept), Invited(brings=role))


def _is_good(actor: Person, invitation: Invitation, **how: Any) -> None:
    if not invitation.is_good():
        raise NotPossible(_("This invitation is no longer good. Ask a facilitator for a new one."))


def _lets_in(actor: Person, invitation: Invitation) -> None:
    if not invitation.is_good():
        raise NotPossible(_("This link lets nobody in any more: it was withdrawn, or its time is over."))


@act("member.invitation_withdrawn", who=policy.facilitator, evidence=Nothing, guard=_lets_in)
def withdraw_invitation(actor: Person, invitation: Invitation) -> Written[Invitation]:
    """Who: a facilitator. Guard: it still lets people in. Effect: the link lets nobody in any more."""
    invitation.withdrawn_at = clock.now()
    invitation.save(update_fields=["withdrawn_at"])
    return Written(invitation, Nothing())


def _holds(actor: Person, invitation: Invitation, *, secret: str, experience: Experience = Experience.UNSAID) -> None:
    if not invitation.role:
        is_not_yet_in(actor, invitation.community)
    if not has_digest(secret, invitation.digest):
        raise NotPossible(_("This link was not copied whole. Ask whoever sent it for a new one."))
    _is_good(actor, invitation)
    _is_a_facilitators_word(actor, invitation)
    if invitation.role:
        _can_be_offered(actor, invitation)


def _can_be_offered(actor: Person, invitation: Invitation) -> None:
    """As when it is given by hand: to whoever may serve and does not yet."""
    community, kind = invitation.community, RoleKind(invitation.role)
    if policy.is_member(actor, community):
        raise NotPossible(_("You are a member here. A facilitator can give you this role itself, under Roles."))
    if community.roles.filter(person=actor, kind=kind, ended_at=None).exists():
        raise NotPossible(_("You have this role already, or are asked whether you take it."))
    fits(actor, community, person=actor, kind=kind)


def _is_a_facilitators_word(actor: Person, invitation: Invitation) -> None:
    """Coming back after a removal takes one. Where nobody outside can ask to join, a link made since will do."""
    community = invitation.community
    if community.visibility != Visibility.PRIVATE:
        must_not_be_removed(actor, community)
    elif was_removed(actor, community) and invitation.made_at <= last_left(actor, community):
        raise NotPossible(
            _("A round removed you from this community. A facilitator can make a new invitation for you.")
        )


def _community_and_oneself(actor: Person, invitation: Invitation, **how: Any) -> Iterable[Any]:
    """Who is to serve does not become a bot meanwhile."""
    return (invitation, actor) if invitation.role else (invitation,)


@act(
    "member.invitation_accepted",
    who=policy.someone_with_a_way_in,
    evidence=Invited,
    guard=_holds,
    locks=_community_and_oneself,
)
def accept_invitation(
    actor: Person, invitation: Invitation, *, secret: str, experience: Experience = Experience.UNSAID
) -> Written[Invitation]:
    """Who: someone with a way in. Guard: they have the link's secret; it is still good; they are no member yet, nor
    removed by a round, unless by a link made since into a private community. Of one for a sponsor: no member, asked or
    serving so already; whoever made it may still give roles. Effect: membership; or the role, once they accept it.
    """
    if invitation.role:
        return _offered(actor, invitation)
    joined = Also("member.joined", belong(actor, invitation.community, experience), Joined(how=How.INVITED))
    return Written(invitation, Invited(), also=[joined])


def _offered(actor: Person, invitation: Invitation) -> Written[Invitation]:
    kind, by = RoleKind(invitation.role), invitation.invited_by
    invitation.taken_at = clock.now()
    invitation.save(update_fields=["taken_at"])
    offered = {"person": actor, "kind": kind, "granted_by": by, "accepted_at": None}
    role = Role.objects.create(community=invitation.community, **offered)
    offer = Also("role.granted", role, RoleGranted(role=kind, person=actor.pk, asks_first=True))
    return Written(invitation, Invited(brings=kind), also=[offer])
