"""Whose word counts in a round: members with a way in, no bots, who do not sponsor the community."""

from django.db.models import Exists, OuterRef, QuerySet

from commonplace.communities.models import Community, Membership, Role, RoleKind

WHY = "the eligible are counted"


def speakers(community: Community) -> QuerySet[Membership]:
    """As of now: who joins later speaks in the next round."""
    sponsors = Role.objects.everywhere(WHY).filter(
        community=community, kind=RoleKind.SPONSOR, person=OuterRef("person")
    )
    members = Membership.objects.filter(community=community, person__is_active=True, person__is_bot=False).current()
    return members.exclude(person__email=None).exclude(Exists(sponsors.current())).everywhere(WHY)
