"""The newest of many communities at once, without a look at all that they have."""

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from commonplace.communities.models import Community
from commonplace.ledger.reading import Among


def since(communities: Among, rows: QuerySet[Any, Any], column: str, least: Value, most: int) -> Coalesce:
    """From here on, by `column`, are not many more than the `most` newest rows of all these communities.

    It is the newest of what each of them has as its own `most`-th, or the `least` that `column` can hold. With an index
    of community and column no more than so many of each are read.
    """
    of_one = rows.filter(community=OuterRef("pk")).order_by(f"-{column}").values(column)[most - 1 : most]
    of_each = (
        Community.objects.everywhere("where the newest begin")
        .filter(pk__in=communities)
        .annotate(last=Subquery(of_one))
    )
    of_all = of_each.order_by(F("last").desc(nulls_last=True)).values("last")[:1]
    return Coalesce(Subquery(of_all), least)
