"""Links into a community: whoever has the secret comes in, until it expires or is withdrawn."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from commonplace.communities import policy
from commonplace.communities.acts.joining import belong, is_not_yet_in, last_left, must_not_be_removed, was_removed
from commonplace.communities.evidence import How, Joined
from commonplace.communities.models import Community, Experience, Invitation, Person, Visibility
from commonplace.communities.secrets import digest, has_digest
from commonplace.ledger import clock
from commonplace.ledger.act import Also, Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.evidence import Nothing


@act("member.invited", who=policy.facilitator, evidence=Nothing)
def invite(actor: Person, community: Community, *, secret: str) -> Written[Invitation]:
    """Who: a facilitator. Guard: none. Effect: a link that lets in who has it, for days; several may use it."""
    expires = clock.now() + timedelta(days=settings.INVITATION_DAYS)
    row = Invitation.objects.create(community=community, digest=digest(secret), invited_by=actor, expires_at=expires)
    return Written(row, Nothing())


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
    is_not_yet_in(actor, invitation.community)
    if not has_digest(secret, invitation.digest):
        raise NotPossible(_("This link was not copied whole. Ask whoever sent it for a new one."))
    _is_good(actor, invitation)
    _is_a_facilitators_word(actor, invitation)


def _is_a_facilitators_word(actor: Person, invitation: Invitation) -> None:
    """Coming back after a removal takes one. Where nobody outside can ask to join, a link made since will do."""
    community = invitation.community
    if community.visibility != Visibility.PRIVATE:
        must_not_be_removed(actor, community)
    elif was_removed(actor, community) and invitation.made_at <= last_left(actor, community):
        raise NotPossible(
            _("A round removed you from this community. A facilitator can make a new invitation for you.")
        )


@act("member.invitation_accepted", who=policy.someone_with_a_way_in, evidence=Nothing, guard=_holds)
def accept_invitation(
    actor: Person, invitation: Invitation, *, secret: str, experience: Experience = Experience.UNSAID
) -> Written[Invitation]:
    """Who: someone with a way in. Guard: they have the link's secret; it is still good; they are no member yet, nor
    removed by a round, unless by a link made since into a private community. Effect: membership.
    """
    joined = Also("member.joined", belong(actor, invitation.community, experience), Joined(how=How.INVITED))
    return Written(invitation, Nothing(), also=[joined])
