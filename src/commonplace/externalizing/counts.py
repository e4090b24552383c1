"""How many exchanges each choice of the list leads to, up to a bound."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from commonplace.communities.models import Community
from commonplace.communities.paging import Counted, in_figures
from commonplace.externalizing.models import UNFINISHED, Exchange, ExchangeCourse, Status, Topic
from commonplace.externalizing.models.course import NOT_YET, OVER
from commonplace.externalizing.models.exchange import WAITING_LONG
from commonplace.ledger.reading import READER, Place, Reading

MANY = 100
WHY = "how many, on a page whose door asks"
EVER = [*NOT_YET, *OVER]
CHOICES: dict[str, tuple[Sequence[Status], list[bool]]] = {
    "": (list(Status), EVER),
    "unfinished": (UNFINISHED, NOT_YET),
    **{one.value: ([one], NOT_YET if one in UNFINISHED else OVER) for one in Status},
    WAITING_LONG: ([Status.OPEN], NOT_YET),
    **{f"archived-{one.value}": ([one], OVER) for one in UNFINISHED},
}


def counts(reader: Any, community: Community) -> Mapping[str, str]:
    """In figures, by choice."""
    counted = COUNTS.first(reader=reader, community=community.pk) or ()
    return {name: in_figures(n, MANY) for name, n in zip(CHOICES, counted, strict=False)}


def counts_on(topic: Topic) -> Mapping[str, str]:
    """The same of what is filed under a topic, where that is not too much to be looked at."""
    ids = topic.filed(Exchange, {}, MANY + 1)
    if len(ids) > MANY:
        return {}
    courses = ExchangeCourse.objects.filter(pk__in=ids).everywhere(WHY)
    pairs = Counter((Status(status), over) for status, over in courses.values_list("status", "over"))
    each = {name: sum(n for pair, n in pairs.items() if _is(name, *pair)) for name in CHOICES if name != WAITING_LONG}
    return {name: in_figures(n, MANY) for name, n in each.items()}


def _is(name: str, status: Status, over: bool) -> bool:
    return all(value in asked for value, asked in zip((status, over), CHOICES[name], strict=True))


def _counted(name: str) -> Counted:
    if name == WAITING_LONG:
        long = Exchange.objects.filter(course__community=Place("community")).waiting_long(READER)
        return Counted(long.everywhere(WHY), "pk", MANY)
    statuses, over = CHOICES[name]
    wanted = {"status__in": statuses, "over__in": over} if name else {}
    rows = ExchangeCourse.objects.filter(community=Place("community"), **wanted)
    return Counted(rows.everywhere(WHY), "exchange", MANY)


def _counts() -> Any:
    here = Community.objects.filter(pk=Place("community")).everywhere(WHY)
    each = {f"n_{place}": _counted(name) for place, name in enumerate(CHOICES)}
    return here.annotate(**each).values_list(*each)


COUNTS: Reading[tuple[int, ...]] = Reading(_counts, shape=lambda *counted: counted)
