"""Whose word counts in a round: members with a way in, no bots, who do not sponsor the community."""

from django.db.models import Exists, OuterRef, QuerySet

from commonplace.communities.models import Community, Membership, Role, RoleKind
from commonplace.ledger.reading import Place, Reading

WHY = "the eligible are counted"


def speakers(community: Community | Place) -> QuerySet[Membership]:
    """As of now: who joins later speaks in the next round."""
    sponsors = Role.objects.everywhere(WHY).filter(
        community=community, kind=RoleKind.SPONSOR, person=OuterRef("person")
    )
    members = Membership.objects.filter(community=community, person__is_active=True, person__is_bot=False).current()
    return members.exclude(person__email=None).exclude(Exists(sponsors.current())).everywhere(WHY)


def is_alone(community: Community) -> bool:
    """One person only may speak here."""
    return len(FIRST_TWO.rows(community=community.pk)) == 1


FIRST_TWO: Reading[str] = Reading(lambda: speakers(Place("community")).values_list("pk", flat=True)[:2], shape=str)
