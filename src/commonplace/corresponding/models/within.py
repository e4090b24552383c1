"""Who is told anything of a community: whoever belongs to it or serves in it, now."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from commonplace.communities.models import Membership, Role, Visibility
from commonplace.communities.models.footing import Footing

WHY = "of one's own place in a community"


def within(person: Any) -> Q:
    """A condition on rows with a community: in the same statement, for it is asked on every page."""
    here: dict[str, Any] = {"person": person.pk, "community": OuterRef("community")}
    belongs = Membership.objects.filter(left_at=None, **here).everywhere(WHY)
    return Q(Exists(belongs)) | Q(Exists(Role.objects.filter(**here).current().everywhere(WHY)))


def may_see(person: Any) -> Q:
    """The same, of rows in what this person may see from outside: what is listed, and where they are asked to serve."""
    listed = [each for each in Visibility.values if Footing(False, frozenset(), each).may_see]
    offered = Role.objects.offered_to(person).filter(community=OuterRef("community"))
    return Q(community__visibility__in=listed) | Q(Exists(offered))
