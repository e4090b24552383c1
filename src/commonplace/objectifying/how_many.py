"""How many practices each choice of the list leads to: counted up to a bound, from how each stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any

from commonplace.communities.models import Community
from commonplace.communities.paging import Counted
from commonplace.externalizing.models import Topic
from commonplace.ledger.reading import Place, Reading
from commonplace.objectifying.choosing import Choice
from commonplace.objectifying.contents import columns, narrowed
from commonplace.objectifying.models import ORIGINS, STATUSES, PracticeCourse
from commonplace.objectifying.status import Status

MOST = 100
WHY = "how many there are, of a community that the door let through"
HELD = (Status.ACCEPTED, Status.CONTESTED)
ANY_STATUS, ANY_ORIGIN = ("", *STATUSES), ("", *ORIGINS)


@dataclass(frozen=True, slots=True)
class HowMany:
    """By status and by origin, "" for any, the rest of the choice as it is; MOST are so many or more. Nothing is said
    where too many would have to be looked at."""

    by_status: Mapping[str, int]
    by_origin: Mapping[str, int]

    @property
    def is_known(self) -> bool:
        return bool(self.by_status)

    @property
    def held(self) -> int:
        """Among which those are that nobody looks after."""
        return sum(self.by_status.get(status, 0) for status in HELD)

    @staticmethod
    def of(choice: Choice, topic: Topic | None, **places: Any) -> HowMany:
        if topic is None and not choice.steward:
            return _of_all(choice.origin, choice.status, **places)
        if topic is None and _of_all("", "", **places).held >= MOST:
            return HowMany({}, {})
        few = narrowed(choice, topic, MOST, **places)
        pairs = list(few.values_list("course__origin", "course__status")[: MOST + 1])
        return HowMany({}, {}) if len(pairs) > MOST else _of_few(choice, pairs)


def _of_all(origin: str, status: str, **places: Any) -> HowMany:
    return COUNTS[origin, status].rows(community=places["community"])[0]


def _of_few(choice: Choice, pairs: Iterable[tuple[str, str]]) -> HowMany:
    pairs = list(pairs)
    by_status = Counter(status for origin, status in pairs if choice.origin in ("", origin))
    by_origin = Counter(origin for origin, status in pairs if choice.status in ("", status))
    return HowMany({"": by_status.total(), **by_status}, {"": by_origin.total(), **by_origin})


def _counted(origin: str, status: str) -> Any:
    """In one statement; of each choice MOST at the most."""
    courses = PracticeCourse.objects.filter(community=Place("community")).everywhere(WHY)
    pairs = [*((origin, one) for one in ANY_STATUS), *((one, status) for one in ANY_ORIGIN)]
    each = {
        f"choice{place}": Counted(courses.filter(**columns(*pair, way="")), "pk", MOST)
        for place, pair in enumerate(pairs)
    }
    here = Community.objects.filter(pk=Place("community")).everywhere(WHY)
    return here.annotate(**each).values_list(*each)


def _how_many(*counts: int) -> HowMany:
    by_status, by_origin = counts[: len(ANY_STATUS)], counts[len(ANY_STATUS) :]
    return HowMany(dict(zip(ANY_STATUS, by_status, strict=True)), dict(zip(ANY_ORIGIN, by_origin, strict=True)))


COUNTS = {pair: Reading(partial(_counted, *pair), shape=_how_many) for pair in product(ANY_ORIGIN, ANY_STATUS)}
