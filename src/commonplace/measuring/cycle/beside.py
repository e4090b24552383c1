"""The small ring beside the title of a community: the counts of the ring on the cycle page, by the same rules of who is
told which; and of these what is fair to count at its stage."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from django.utils.functional import Promise

from commonplace.communities.contributions import Panel
from commonplace.communities.models import Community, footing
from commonplace.communities.stages import Figure as Shown
from commonplace.communities.stages import emphasis
from commonplace.measuring.cycle import stocks
from commonplace.measuring.cycle.page import LATEST, cycle_of
from commonplace.measuring.cycle.stocks import Stock
from commonplace.measuring.models import current

UNSHOWN = Stock(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring(Panel):
    """Nothing where there is nothing to count, or nothing that the reader may be told. `why_not`: why some of it is
    not counted here. `is_over`: of an archive, in which nobody is at work."""

    beside: ClassVar[str] = "measuring/small_ring.jinja"
    community: Community
    stocks: Mapping[str, Stock] = field(default_factory=dict)
    why_not: Promise | str = ""
    is_over: bool = False

    @property
    def is_there(self) -> bool:
        return any(one.count for one in self.stocks.values())

    @property
    def dashes(self) -> list[str]:
        """Why there is no number, where its stage would have one."""
        counted = (self.stocks[one.value] for one in emphasis(self.community).counted)
        return list(dict.fromkeys(one.instead for one in counted if one.instead))


def on_community(person: Any, community: Community) -> Panel:
    mine, shown = footing(person, community), emphasis(community)
    if not mine.may_oversee:
        return Panel()
    ring = Ring(community=community, why_not=shown.why_not)
    if community.origin:
        cycle = cycle_of(community, person)
        ring = replace(ring, stocks=_of_cycle(cycle.stocks, cycle.is_over), is_over=cycle.is_over)
    elif shown.counted:
        ring = replace(ring, stocks=_counts(person, community, reads=mine.may_read))
    ring = replace(ring, stocks={one.value: _known(ring.stocks, one, shown.counted) for one in Shown})
    return ring if ring.is_there or ring.why_not else Panel()


def _counts(person: Any, community: Community, reads: bool) -> Mapping[str, Stock]:
    if reads:
        counts = stocks.in_the_ring(community)
    else:
        counts = stocks.published(current(LATEST.rows(reader=person, community=community.pk)))
    return _of_cycle(counts)


def _of_cycle(counts: Mapping[str, Stock], is_over: bool = False) -> Mapping[str, Stock]:
    """Under the names that the table of stages has."""
    return {**counts, Shown.EXCHANGED: counts["exchanged" if is_over else "unfinished"]}


def _known(counts: Mapping[str, Stock], one: Shown, counted: frozenset[Shown]) -> Stock:
    return counts.get(one.value, UNSHOWN) if one in counted else UNSHOWN
