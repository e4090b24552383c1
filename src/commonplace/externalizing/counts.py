"""How many exchanges of each status there are in a community, up to a bound."""

from collections.abc import Mapping
from typing import Any

from commonplace.communities.models import Community
from commonplace.communities.paging import Counted
from commonplace.externalizing.models import UNFINISHED, ExchangeCourse, Status
from commonplace.externalizing.models.course import NOT_YET, OVER
from commonplace.ledger.reading import Place, Reading

MANY = 100


def counts(community: Community) -> Mapping[str, str]:
    """In figures, by status."""
    counted = COUNTS.first(community=community.pk) or ()
    return {name: str(n) if n < MANY else f"{MANY - 1}+" for name, n in zip(Status.values, counted, strict=False)}


def _counted(status: Status) -> Counted:
    over = NOT_YET if status in UNFINISHED else OVER
    rows = ExchangeCourse.objects.filter(community=Place("community"), status=status, over__in=over)
    return Counted(rows.everywhere("how many, on a page whose door asks"), "exchange", MANY)


def _counts() -> Any:
    here = Community.objects.filter(pk=Place("community")).everywhere("how many, on a page whose door asks")
    each = {f"n_{status.value}": _counted(status) for status in Status}
    return here.annotate(**each).values_list(*each)


COUNTS: Reading[tuple[int, ...]] = Reading(_counts, shape=lambda *counted: counted)
