"""Of which communities words may leave the house: open ones, and where the charter says so; asked when it is sent."""

from collections.abc import Iterable

from django.db.models import OuterRef, Q, Subquery

from commonplace.communities.models import Charter, Community, Visibility

WHY = "what may leave is asked of the charter in force"


def quotable(communities: Iterable[str]) -> set[str]:
    """Of these, by their ids."""
    newest = Charter.objects.filter(community=OuterRef("pk")).everywhere(WHY).order_by("-set_at")
    rows = Community.objects.filter(pk__in=list(communities)).annotate(
        quoted=Subquery(newest.values("letters_quote")[:1])
    )
    open_or_so = rows.filter(Q(visibility=Visibility.OPEN) | Q(quoted=True)).everywhere(WHY)
    return set(open_or_so.values_list("pk", flat=True))


def may_be_quoted(community: Community) -> bool:
    return community.visibility == Visibility.OPEN or community.pk in quotable([community.pk])
